const express = require('express');
const cors = require('cors');
const { createProxyMiddleware } = require('http-proxy-middleware');
const app = express();
app.use(cors({ origin: 'https://myapp.com', credentials: true }));
app.get('/own', (req, res) => res.json({}));
app.use('/api', createProxyMiddleware({ target: 'http://localhost:21890', changeOrigin: true, pathRewrite: { '^/api': '' } }));
app.listen(3000);
