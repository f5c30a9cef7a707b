const fp = require('fastify-plugin');
const fastify = require('fastify');
module.exports = opts => {
  const app = fastify(opts);
  app.register(require('./plugins/cors'));
  app.register(require('./routes/users'), { prefix: '/api/users' });
  app.register(async function (i) { i.setNotFoundHandler((r, reply) => reply.code(404).send('own')); i.get('/', async () => 1); }, { prefix: '/own' });
  app.setErrorHandler(function (e, r, reply) { this.log.error(e); reply.send(e); });
  return app;
};
