const fastify = require('fastify')();
async function build() {
  await fastify.register(require('@fastify/express'));
  fastify.use(require('cors')({ origin: 'https://myapp.com' }));
  fastify.get('/api/users', async () => ({ ok: true }));
  return fastify;
}
build().then((app) => app.listen({ port: 3000 }));
