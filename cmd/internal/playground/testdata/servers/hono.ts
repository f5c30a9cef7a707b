import { Hono } from 'hono'
import { cors } from 'hono/cors'

type User = { id: number; name?: string }

const app = new Hono()
app.use('/users', cors({ origin: (origin: string) => (origin.endsWith('.myapp.com') ? origin : 'https://myapp.com'), allowMethods: ['GET', 'PUT'] }))
app.put('/users', async c => {
  const user: User = await c.req.json()
  return c.json(user)
})
export default app
