import { createServer } from 'node:http';
const HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'OPTIONS, POST, GET, PUT',
  'Access-Control-Max-Age': 2592000,
};
const routes = {
  'GET /api/users': async () => ({ status: 200, body: [{ id: 1 }] }),
  'POST /api/users': async (req) => {
    const chunks = [];
    for await (const chunk of req) chunks.push(chunk);
    return { status: 201, body: JSON.parse(Buffer.concat(chunks).toString()) };
  },
  'GET /boom': async () => { throw new Error('boom'); },
};
const server = createServer(async (req, res) => {
  const { pathname } = new URL(req.url, `http://${req.headers.host}`);
  if (req.method === 'OPTIONS') {
    res.writeHead(204, { ...HEADERS, 'Access-Control-Allow-Headers': req.headers['access-control-request-headers'] ?? '' });
    res.end();
    return;
  }
  const handler = routes[`${req.method} ${pathname}`];
  if (!handler) {
    res.writeHead(404, { 'Content-Type': 'application/json' });
    return res.end(JSON.stringify({ error: 'Not Found' }));
  }
  try {
    const { status, body } = await handler(req);
    res.writeHead(status, { ...HEADERS, 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  } catch (err) {
    res.statusCode = 500;
    for (const [k, v] of Object.entries(HEADERS)) res.setHeader(k, v);
    res.end(String(err));
  }
});
server.listen({ port: 3000, host: '127.0.0.1' }, () => console.log('up'));
