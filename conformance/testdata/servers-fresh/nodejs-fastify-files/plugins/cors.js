const fp = require('fastify-plugin');
module.exports = fp(async (fastify) => {
  const list = (process.env.CORS || 'https://myapp.com, https://otherapp.com').split(',').map(s => s.trim());
  await fastify.register(require('@fastify/cors'), { origin: async (o) => list.includes(o), credentials: true });
}, { name: 'cors' });
