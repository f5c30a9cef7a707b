import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import express from 'express';
import http from 'http';
import cors from 'cors';
const typeDefs = `#graphql
type Query { hello: String }`;
const resolvers = { Query: { hello: () => 'world' } };
const app = express();
const httpServer = http.createServer(app);
const server = new ApolloServer({ typeDefs, resolvers, plugins: [ApolloServerPluginDrainHttpServer({ httpServer })] });
await server.start();
app.use('/api/users', cors({ origin: ['https://myapp.com', 'https://studio.apollographql.com'] }), express.json(), expressMiddleware(server, { context: async ({ req }) => ({ token: req.headers.token }) }));
app.get('/own', (req, res) => res.json({}));
await new Promise((resolve) => httpServer.listen({ port: 3000 }, resolve));
console.log('ready');
