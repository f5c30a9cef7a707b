const Fastify = require('fastify');
const cors = require('@fastify/cors');
const fp = require('fastify-plugin');
const app = Fastify({ ignoreTrailingSlash: true, caseSensitive: false, bodyLimit: 10, disableRequestLogging: true });
const plugin = fp(async (f, o) => { f.decorate('conf', o); f.addHook('onRequest', async (req, reply) => { reply.header('x-hook', '1'); if (req.headers['x-custom'] === 'stop') return reply.code(400).send('stop'); }); }, { name: 'conf' });
app.register(plugin, { origin: 'https://myapp.com' });
app.register(async (f) => {
  await f.register(cors, { origin: (origin, cb) => { if (!origin) return cb(null, false); const host = new URL(origin).hostname; if (host === 'myapp.com') cb(null, true); else cb(new Error('Not allowed'), false); }, hideOptionsRoute: false, preflight: true, methods: 'GET,PUT', cacheControl: 60 });
  f.get('/users', { config: { a: 1 } }, async () => ({ a: 1 }));
  f.put('/users', (req, reply) => { reply.status(202); return { x: 1 }; });
  f.post('/users', async (req) => req.body);
}, { prefix: 'api' });
app.options('/own', (req, reply) => reply.header('Allow', 'GET').send());
app.get('/own', (req, reply) => { reply.raw.setHeader('Access-Control-Allow-Origin', '*'); reply.send('own'); });
app.get('/vary', async (req, reply) => { reply.headers({ vary: 'Accept', 'access-control-allow-origin': '*' }); return reply.send(Buffer.from('x')); });
app.get('/boom', (req, reply) => { reply.hijack(); reply.raw.writeHead(500, { 'Access-Control-Allow-Origin': '*' }); reply.raw.end('raw'); });
app.setNotFoundHandler({ preHandler: (req, reply, done) => { reply.header('x-nf', '1'); done(); } }, (req, reply) => { reply.code(404).send({}); });
app.listen({ port: 3000 }, (e) => { if (e) throw e; });
