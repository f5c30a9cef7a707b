const fastify = require('fastify')({ logger: false });
fastify.register(require('@fastify/cors'), (instance) => {
  return (req, callback) => {
    const corsOptions = { origin: true, credentials: true, maxAge: 86400 };
    const origin = req.headers.origin;
    if (/^https:\/\/(www\.)?evil\.com$/m.test(origin)) corsOptions.origin = false;
    callback(null, corsOptions);
  };
});
fastify.register(async (app) => {
  app.get('/users', async () => [{ id: 1 }]);
  app.post('/users', { schema: { body: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } } }, async (req, reply) => reply.code(201).send(req.body));
  app.put('/users', async () => { throw fastify.httpErrors ? new Error('x') : Object.assign(new Error('bad'), { statusCode: 400 }); });
}, { prefix: '/api' });
fastify.get('/boom', async () => { throw new Error('boom'); });
fastify.get('/own', (req, reply) => { reply.header('access-control-allow-origin', 'https://x.example').send({}); });
fastify.setNotFoundHandler((req, reply) => reply.code(404).type('application/json').send({ error: 'none' }));
fastify.listen({ port: Number(process.env.PORT) || 3000, host: '0.0.0.0' }, (err) => { if (err) { fastify.log.error(err); process.exit(1); } });
