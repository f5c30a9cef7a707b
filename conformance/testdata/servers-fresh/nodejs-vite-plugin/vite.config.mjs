import { defineConfig } from 'vite';
const api = () => ({ name: 'api', configureServer(server) {
  server.middlewares.use('/api/users', (req, res) => { res.setHeader('Access-Control-Allow-Origin', '*'); res.end('{}'); });
  return () => { server.middlewares.use((req, res, next) => { if (req.url === '/index.html') { res.statusCode = 503; res.end(); } else next(); }); };
} });
export default defineConfig(async () => ({ plugins: [api(), null, [{ name: 'x', config: () => ({ server: { proxy: { '/vary': 'http://localhost:21890' } } }) }]], appType: 'spa' }));
