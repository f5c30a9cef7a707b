const fastify = require('fastify')();
fastify.register(require('@fastify/cors'));
fastify.register(require('@fastify/cors'), { origin: 'https://myapp.com' });
fastify.get('/', async () => 1);
fastify.listen({ port: 3000 });
