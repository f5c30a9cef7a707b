const fastify = require('fastify')();
fastify.register(require('@fastify/cors'), { strictPreflight: false, origin: /myapp\.com$/, hideOptionsRoute: false, methods: 'GET' });
fastify.get('/api/users', { config: { cors: { origin: 'https://other.example', exposedHeaders: ['A', 'B'] } } }, async () => ({}));
fastify.get('/vary', { config: { cors: false } }, async () => ({}));
fastify.get('/own', async (req, reply) => reply.redirect('/vary'));
fastify.get('/err500', (req, reply) => { reply.code(500).send(new Error('e')); });
fastify.listen({ port: 3000 });
