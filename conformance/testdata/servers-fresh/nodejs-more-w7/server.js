const http = require('http');
const ORIGIN = /^https:\/\/(?:.+\.)?myapp\.com$/;
class App { constructor() { this.stack = []; } use(f) { this.stack.push(f); return this; } handler() { return (req, res) => { let i = 0; const next = e => { if (e) { res.statusCode = 500; return res.end(); } const f = this.stack[i++]; if (!f) { res.statusCode = 404; return res.end('nf'); } try { f(req, res, next); } catch (err) { next(err); } }; next(); }; } }
const app = new App()
  .use((req, res, next) => { const o = req.headers['origin']; if (o && ORIGIN.test(o)) { res.setHeader('Access-Control-Allow-Origin', o); res.appendHeader('Vary', 'Origin'); } next(); })
  .use((req, res, next) => { if (req.method !== 'OPTIONS') return next(); const m = req.headers['access-control-request-method']; if (!m) { res.writeHead(400); return res.end(); } res.setHeader('Access-Control-Allow-Methods', m).setHeader('Access-Control-Max-Age', '600'); const h = req.headers['access-control-request-headers']; if (h) res.setHeader('Access-Control-Allow-Headers', h); res.writeHead(204).end(); })
  .use((req, res, next) => { if (req.url !== '/api/users') return next(); req.setEncoding('utf8'); let d = ''; req.on('data', c => (d += c)).on('end', () => { res.setHeader('Content-Type', 'text/plain'); res.end(d.toUpperCase()); }); })
  .use((req, res, next) => { if (req.url === '/boom') throw new Error('x'); next(); });
http.createServer().on('request', app.handler()).listen(3000);
