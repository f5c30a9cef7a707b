const fastify = require('fastify')({ ignoreTrailingSlash: true });
fastify.register(async function (instance, opts) {
  await instance.register(require('@fastify/cors'), { origin: true });
  instance.get('/users', async () => []);
  instance.post('/users', async () => ({}));
}, { prefix: '/api' });
fastify.get('/own', async (r, reply) => { reply.header('Access-Control-Allow-Origin', '*'); return {}; });
fastify.get('/vary', { handler: async () => 'v' });
fastify.listen({ port: 3000 });
