import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { serve } from '@hono/node-server';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { bearerAuth } from 'hono/bearer-auth';
const app = new Hono();
app.use(secureHeaders());
app.use('/api/*', cors({
  origin: (origin, c) => (origin.endsWith('.myapp.com') || origin === 'https://myapp.com' ? origin : c.req.path === '/api/items' ? '*' : null),
  allowMethods: (origin) => (origin === 'https://myapp.com' ? ['GET', 'PUT'] : ['GET']),
  allowHeaders: [],
  exposeHeaders: ['X-A', 'X-B'],
  maxAge: 0,
  credentials: true,
}));
app.use('/api/denied', bearerAuth({ token: 't' }));
app.get('/api/users', (c) => c.json([]));
app.on(['PUT', 'PATCH'], ['/api/users', '/api/items'], (c) => c.body(null, 204));
app.get('/api/err500', () => { throw new HTTPException(500, { message: 'x' }); });
app.get('/api/boom', () => { throw new Error('boom'); });
app.get('/api/vary', (c) => { c.header('Vary', 'Accept'); return c.text('x', 200, { 'X-A': '1' }); });
app.get('/api/own', (c) => new Response('x', { headers: { 'Access-Control-Allow-Origin': 'https://own.example' } }));
app.get('/static/:f{.+\\.json}', cors(), (c) => c.json({}));
app.notFound((c) => c.json({ e: 1 }, 404));
app.onError((e, c) => e instanceof HTTPException ? e.getResponse() : c.text('oops', 500));
serve({ fetch: app.fetch, port: 3000, hostname: '127.0.0.1' });
