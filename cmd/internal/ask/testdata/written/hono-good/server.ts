import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
const app = new Hono()
app.use('*', cors({
  origin: ['https://www.myapp.com', 'https://admin.myapp.com'],
  allowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
  allowHeaders: ['Content-Type', 'Authorization'],
  credentials: true,
  maxAge: 600,
}))
app.get('/orders', (c) => c.json([]))
app.put('/orders/:id', (c) => c.json({}))
serve({ fetch: app.fetch, port: 3000 })
