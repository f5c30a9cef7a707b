import { defineConfig, type UserConfig } from 'vite';
const config: UserConfig = { base: '/app/', server: { cors: true, host: true, proxy: { '/api': { target: 'http://localhost:21890', changeOrigin: true, bypass(req) { if (req.headers.accept?.includes('html')) return '/index.html'; if (req.method === 'DELETE') return false; } } } } };
export default defineConfig(config);
