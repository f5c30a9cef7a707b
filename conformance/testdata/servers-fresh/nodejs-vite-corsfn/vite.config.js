import { defineConfig } from 'vite';
export default defineConfig({ server: { cors: { origin: (o, cb) => cb(null, !o || o.endsWith('myapp.com')), exposedHeaders: 'X-A', optionsSuccessStatus: 200 }, proxy: { '/': { target: 'http://localhost:21890', changeOrigin: true, xfwd: true } } } });
