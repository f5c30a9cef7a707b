const fastify = require('fastify')();
fastify.register(require('@fastify/cors'), {
  origin: (origin, cb) => {
    if (!origin) return cb(null, true);
    const hostname = new URL(origin).hostname;
    if (hostname === 'localhost' || hostname.endsWith('myapp.com')) { cb(null, true); return; }
    cb(new Error('Not allowed'), false);
  },
  allowedHeaders: ['Content-Type', 'Authorization'], exposedHeaders: 'X-Total', maxAge: 600,
});
fastify.setErrorHandler((error, request, reply) => {
  reply.status(error.message === 'Not allowed' ? 403 : error.statusCode || 500).send({ error: error.message });
});
fastify.setNotFoundHandler((req, reply) => { reply.code(404).type('text/html').send('<h1>no</h1>'); });
fastify.get('/api/users', (req, reply) => reply.send([]));
fastify.get('/boom', async () => { throw new Error('boom'); });
fastify.all('/denied', async (req, reply) => reply.code(401).send({}));
fastify.listen({ port: 3000 }, (err, address) => { if (err) throw err; console.log(address); });
