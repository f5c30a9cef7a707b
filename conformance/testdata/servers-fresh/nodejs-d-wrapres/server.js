const express = require('express');
const app = express();
const origins = new Map([['https://myapp.com', { credentials: true, methods: 'GET,PUT' }], ['https://otherapp.com', { credentials: false, methods: 'GET' }]]);
function corsLite() {
  return function (req, res, next) {
    const rule = origins.get(req.headers.origin);
    const end = res.end;
    res.end = function (...args) {
      if (rule && !res.headersSent) { res.setHeader('Access-Control-Allow-Origin', req.headers.origin); if (rule.credentials) res.setHeader('Access-Control-Allow-Credentials', 'true'); }
      if (!res.headersSent) { const v = res.getHeader('Vary'); res.setHeader('Vary', v ? `${v}, Origin` : 'Origin'); }
      return end.apply(this, args);
    };
    if (req.method === 'OPTIONS' && rule) { res.setHeader('Access-Control-Allow-Methods', rule.methods); res.statusCode = 204; return res.end(); }
    next();
  };
}
app.use(corsLite());
app.get('/api/users', async (req, res) => { res.json(await Promise.all([1, 2].map(async (n) => n * 2))); });
app.get('/vary', (req, res) => { res.vary('Accept-Language'); res.send('v'); });
app.get('/err500', (req, res) => { res.removeHeader('Vary'); res.writeHead(500, { 'X-A': '1' }); res.end('e'); });
app.listen(3000);
