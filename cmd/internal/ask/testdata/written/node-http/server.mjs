import { createServer } from 'node:http';
const headers = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'OPTIONS, POST, GET',
  'Access-Control-Max-Age': 2592000,
};
createServer((req, res) => {
  if (req.method === 'OPTIONS') { res.writeHead(204, headers); res.end(); return; }
  if (req.url === '/items' && ['GET', 'POST'].includes(req.method)) {
    res.writeHead(200, { ...headers, 'Content-Type': 'application/json' });
    res.end('[]');
    return;
  }
  res.writeHead(405, headers);
  res.end(`${req.method} is not allowed for the request.`);
}).listen(8080);
