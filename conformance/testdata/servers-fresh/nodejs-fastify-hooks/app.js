const fastify = require('fastify')();
fastify.addHook('onRequest', async (req, reply) => {
  if (req.url.startsWith('/denied')) { reply.code(401); throw new Error('unauthorized'); }
});
fastify.register(require('@fastify/cors'), { origin: '*', preflightContinue: true, optionsSuccessStatus: 200 });
fastify.addHook('preHandler', (req, reply, done) => { if (req.method === 'DELETE') return done(Object.assign(new Error('x'), { statusCode: 409 })); done(); });
fastify.addHook('onSend', async (req, reply, payload) => { reply.header('X-Frame-Options', 'DENY'); return payload; });
fastify.route({ method: ['GET', 'DELETE'], url: '/api/users', handler: async () => ({}) });
fastify.get('/api/:id', async r => r.params);
fastify.get('/boom', { onRequest: (r, reply, done) => done(new Error('route')) }, async () => 1);
fastify.listen({ port: 3000 });
