import { defineConfig, loadEnv } from 'vite';
import path from 'path';
export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, process.cwd(), '');
  return {
    resolve: { alias: { '@': path.resolve(import.meta.dirname, './src') } },
    server: { port: 3000, open: false, proxy: { '/api': env.VITE_API || 'http://localhost:21890', '/socket.io': { target: 'ws://localhost:21890', ws: true } } },
  };
});
