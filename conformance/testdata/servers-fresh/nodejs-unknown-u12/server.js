const express = require('express');
const cors = require('cors');
const { createProxyMiddleware } = require('http-proxy-middleware');
const { ApolloServer, gql } = require('apollo-server-express');
const app = express();
app.use(cors({ origin: 'https://myapp.com' }));
async function start() {
  const server = new ApolloServer({ typeDefs: gql`type Query { a: String }`, resolvers: {} });
  await server.start();
  server.applyMiddleware({ app, cors: false });
  app.get('/own', (req, res) => res.json({}));
  app.listen({ port: 4000 }, () => console.log(server.graphqlPath));
}
start();
