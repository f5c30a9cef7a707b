import Fastify from 'fastify'
import cors from '@fastify/cors'
const app = Fastify({ logger: true })
await app.register(cors, {
  origin: (origin, cb) => {
    if (!origin) return cb(null, true)
    const hostname = new URL(origin).hostname
    if (hostname === 'localhost' || hostname.endsWith('.myapp.io')) return cb(null, true)
    cb(new Error('Not allowed'), false)
  },
  credentials: true,
})
app.get('/me', async () => ({ id: 1 }))
app.delete('/me', async () => ({}))
app.listen({ port: 3000 })
