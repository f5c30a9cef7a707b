import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { logger } from 'hono/logger';
import { HTTPException } from 'hono/http-exception';
import { serve } from '@hono/node-server';
const app = new Hono().basePath('/api');
app.use('*', logger());
app.use('/users/*', cors({
  origin: (origin, c) => (origin.endsWith('.myapp.com') || origin === 'https://myapp.com' ? origin : 'https://myapp.com'),
  allowHeaders: ['X-Custom-Header', 'Upgrade-Insecure-Requests', 'Content-Type'],
  allowMethods: ['POST', 'GET', 'OPTIONS', 'PUT'],
  exposeHeaders: ['Content-Length', 'X-Kuma-Revision'],
  maxAge: 600,
  credentials: true,
}));
const users = new Hono();
users.get('/', (c) => c.json([]));
users.post('/', async (c) => c.json(await c.req.json(), 201));
users.put('/', () => { throw new HTTPException(403, { message: 'no' }); });
app.route('/users', users);
app.notFound((c) => c.json({ message: 'Not Found', ok: false }, 404));
app.onError((err, c) => (err instanceof HTTPException ? err.getResponse() : c.json({ e: err.message }, 500)));
serve({ fetch: app.fetch, port: 3000 }, (info) => console.log(info.port));
