import { Hono } from 'hono'
import { cors } from 'hono/cors'
const app = new Hono()
app.use('/api/*', cors({ origin: (origin) => origin.endsWith('.myapp.io') ? origin : 'https://myapp.io', credentials: true }))
app.get('/api/me', (c) => c.json({}))
app.post('/auth/login', (c) => c.json({}))
export default app
