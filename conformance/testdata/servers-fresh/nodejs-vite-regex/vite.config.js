export default {
  server: {
    cors: { origin: ['https://myapp.com'], credentials: true, methods: ['GET', 'POST'] },
    allowedHosts: ['.example.com'],
    headers: { 'Access-Control-Allow-Origin': 'https://h.example' },
    proxy: { '^/api/(users|vary)': { target: 'http://localhost:21890/base', changeOrigin: false }, '/own': { target: 'http://localhost:21890', rewrite: p => p.replace('/own', '/cors') } },
  },
};
