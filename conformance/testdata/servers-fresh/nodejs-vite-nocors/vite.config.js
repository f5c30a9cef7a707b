export default {
  server: { cors: false, allowedHosts: true, proxy: {
    '/api': { target: { host: 'localhost', port: 21890 }, changeOrigin: true, secure: false, headers: { Origin: 'http://localhost:21890' },
      configure: (proxy) => { proxy.on('proxyRes', (proxyRes) => { proxyRes.headers['access-control-allow-origin'] = '*'; delete proxyRes.headers['vary']; }); proxy.on('proxyReq', (r) => r.setHeader('origin', 'http://set.example')); } },
    '/vary': 'http://localhost:21890', '/boom': 'http://localhost:21891' } },
};
