const http = require('http');
const url = require('url');
const headers = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Content-Type': 'application/json',
};
const send = (res, status, data) => { res.writeHead(status, headers); res.end(JSON.stringify(data)); };
const server = http.createServer((req, res) => {
  const { pathname, query } = url.parse(req.url, true);
  if (req.method === 'OPTIONS') { res.writeHead(204, headers); return res.end(); }
  if (pathname === '/api/users' && req.method === 'GET') return send(res, 200, []);
  if (pathname === '/api/users' && req.method === 'POST') {
    let body = '';
    req.on('data', c => { body += c; });
    req.on('end', () => {
      try { send(res, 201, JSON.parse(body)); } catch (e) { send(res, 400, { error: 'bad json' }); }
    });
    return;
  }
  if (pathname === '/boom') { res.statusCode = 500; res.setHeader('X-A', '1'); return res.end('boom'); }
  res.writeHead(404); res.end('not found');
});
server.listen(3000, () => console.log('listening'));
