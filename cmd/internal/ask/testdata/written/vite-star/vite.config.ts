import { defineConfig } from 'vite'
import react from '@vitejs/plugin-react'
export default defineConfig({
  plugins: [react()],
  server: { port: 5173, cors: { origin: '*' }, proxy: { '/api': 'http://localhost:3000' } },
})
