const app = require('fastify')({ exposeHeadRoutes: false });
app.get('/api/users', async () => []);
app.register(async (f) => { f.get('/own', async () => 'own'); });
app.register(require('@fastify/cors'), { origin: 'https://myapp.com', preflight: false });
app.options('/api/users', async () => 'options');
app.after(() => { app.get('/vary', async () => 'v'); });
app.listen({ port: 3000 });
