import { Hono } from 'hono';
import { serve } from '@hono/node-server';
const app = new Hono({ strict: false });
app.use(async (c, next) => {
  const origin = c.req.header('Origin') ?? '';
  if (c.req.method === 'OPTIONS') return new Response(null, { status: 204, headers: { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Methods': 'GET,POST', 'Access-Control-Allow-Headers': c.req.header('Access-Control-Request-Headers') ?? '' } });
  await next();
  c.res.headers.set('Access-Control-Allow-Origin', origin || '*');
  c.header('Vary', 'Origin', { append: true });
});
app.get('/api/users', c => c.json({}));
app.get('/api/:x{[0-9]+}', c => c.text(c.req.param('x')));
app.get('/vary/:a?', c => c.text('v'));
app.get('/own/*', c => c.text('o'));
app.post('/boom', async c => { await c.req.json(); return c.text('ok'); });
serve({ fetch: app.fetch, port: 8787 });
