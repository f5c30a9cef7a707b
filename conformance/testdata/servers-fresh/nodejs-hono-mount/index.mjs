import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { serve } from '@hono/node-server';
const app = new Hono();
app.use('/api/*', cors({ origin: '*', allowHeaders: ['X-Custom-Header', 'Upgrade-Insecure-Requests'], allowMethods: ['POST', 'GET', 'OPTIONS'], exposeHeaders: ['Content-Length', 'X-Kuma-Revision'], maxAge: 600, credentials: true }));
app.mount('/api/users', req => new Response('mounted ' + req.method));
app.get('/vary', (c, next) => next(), c => c.text('v'));
serve({ fetch: app.fetch, port: 3000 });
