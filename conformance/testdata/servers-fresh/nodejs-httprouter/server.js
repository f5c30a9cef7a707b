import http from 'node:http';
const routes = new Map([['GET /api/users', async (req, res) => json(res, 200, [])], ['POST /api/users', async (req, res) => json(res, 201, await body(req))], ['GET /boom', () => { throw new Error('boom'); }]]);
const ALLOW = new Set(['https://myapp.com', 'http://localhost:5173']);
function setCors(req, res) {
  const o = req.headers.origin;
  if (o && ALLOW.has(o)) { res.setHeader('Access-Control-Allow-Origin', o); res.setHeader('Vary', 'Origin'); res.setHeader('Access-Control-Allow-Credentials', 'true'); }
}
const json = (res, s, d) => { res.writeHead(s, 'Fine', { 'Content-Type': 'application/json', 'Access-Control-Expose-Headers': 'X-A' }); res.end(JSON.stringify(d)); };
async function body(req) { const parts = []; for await (const c of req) parts.push(c); const t = Buffer.concat(parts).toString('utf8'); return t ? JSON.parse(t) : {}; }
http.createServer(async (req, res) => {
  setCors(req, res);
  if (req.method === 'OPTIONS') { res.setHeader('Access-Control-Allow-Methods', 'GET,POST,PUT'); res.setHeader('Access-Control-Allow-Headers', req.headers['access-control-request-headers'] ?? ''); res.statusCode = 204; res.end(); return; }
  const { pathname } = new URL(req.url, `http://${req.headers.host}`);
  const h = routes.get(`${req.method} ${pathname}`);
  if (!h) return json(res, 404, { e: 1 });
  try { await h(req, res); } catch (e) { json(res, 500, { e: e.message }); }
}).listen({ port: 3000 });
