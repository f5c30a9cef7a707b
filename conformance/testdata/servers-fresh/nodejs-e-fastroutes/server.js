const fastify = require('fastify')({ logger: require('./logger') });
fastify.register(require('@fastify/cors'), { origin: ['https://myapp.com'], credentials: true });
fastify.register(require('./plugins/db'));
fastify.register(require('./routes/users'), { prefix: '/api/users' });
fastify.get('/own', async () => ({ ok: await fastify.db.ping() }));
fastify.listen({ port: 3000 });
