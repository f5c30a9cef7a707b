import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';

const app = new Hono();

{{recipe}}

app.all('/users', (c) => c.json([]));
app.all('/boom', () => { throw new Error('boom'); });

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' });
