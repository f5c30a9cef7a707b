const Fastify = require('fastify');

const app = Fastify();
app.addContentTypeParser('application/json', (request, payload, done) => done(null));

{{recipe}}

app.register(async (routes) => {
  routes.route({ method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url: '/users', handler: async () => [] });
  routes.route({ method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url: '/boom', handler: async () => { throw new Error('boom'); } });
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
