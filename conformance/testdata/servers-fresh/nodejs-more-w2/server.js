const { createServer } = require('node:http');
const app = require('express')();
const cors = require('cors')({ origin: 'https://myapp.com', optionsSuccessStatus: 200 });
app.all('/api/users', cors, (req, res, next) => { const h = { GET: () => res.json([]), POST: () => res.status(201).end() }[req.method]; return h ? h() : next(); });
app.use((req, res, next) => cors(req, res, () => { res.set('X-After', '1'); next(); }));
createServer((req, res) => { if (req.url.startsWith('/own')) { res.writeHead(200, [['Access-Control-Allow-Origin', 'x'], ['Vary', 'A']]); return res.end(); } app(req, res); }).listen(3000);
