const http = require('http');
const { handleUsers } = require('./handlers');
const { setCors, json } = require('./lib/http');
http.createServer(async (req, res) => {
  res.setHeader('Access-Control-Allow-Origin', 'https://myapp.com');
  if (req.method === 'OPTIONS') { res.setHeader('Access-Control-Allow-Methods', 'GET, POST'); res.writeHead(204); return res.end(); }
  if (req.url === '/own') { setCors(res); return json(res, 200, {}); }
  if (req.url.startsWith('/api/users')) return handleUsers(req, res);
  res.writeHead(404); res.end();
}).listen(3000);
