const fastify = require('fastify')({ ignoreTrailingSlash: true, exposeHeadRoutes: false });
fastify.register(require('@fastify/cors'), () => (req, done) => {
  const o = req.headers.origin;
  const opts = { methods: ['GET', 'PUT'], strictPreflight: false, optionsSuccessStatus: 200, maxAge: 60, cacheControl: 30 };
  if (/^https:\/\/(?:[a-z]+\.)?myapp\.com$/.test(o ?? '')) done(null, { ...opts, origin: true, credentials: true });
  else if (o === 'https://evil.com') done(new Error('no'));
  else done(null, { ...opts, origin: ['http://localhost:3000', /otherapp/] , allowedHeaders: 'X-A, X-B' });
});
fastify.addHook('onSend', async (req, reply, payload) => { reply.header('X-Sent', '1'); if (req.url === '/vary') reply.removeHeader('Vary'); return payload; });
fastify.get('/api/users', async () => []);
fastify.route({ method: ['PUT', 'POST'], url: '/api/users', schema: { body: { type: 'object', required: ['name'] } }, handler: async (req, reply) => reply.code(201).send({}) });
fastify.get('/api/items', { preHandler: async (req, reply) => { if (!req.headers.authorization) return reply.code(401).send(); } }, async () => []);
fastify.get('/vary', async (req, reply) => { reply.header('vary', 'Accept-Encoding'); return {}; });
fastify.get('/err500', async () => { const e = new Error('x'); e.statusCode = 503; throw e; });
fastify.setNotFoundHandler((req, reply) => reply.code(404).send({ nf: true }));
fastify.setErrorHandler((e, req, reply) => reply.code(e.statusCode ?? 500).header('X-E', e.message).send({}));
fastify.listen({ port: 3000, host: '127.0.0.1' });
