const { createServer } = require('node:http');
const rules = new Map([[/^\/api\//, { origins: ['https://myapp.com', 'https://*.myapp.com'], methods: ['GET', 'PUT'] }], [/^\/static\//, { origins: ['*'], methods: ['GET'] }]]);
const toRe = (g) => new RegExp('^' + g.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^.]+') + '$', 'i');
class Cors {
  #cache = new Map();
  static headers = ['content-type', 'authorization'];
  rule(url) { for (const [re, r] of rules) if (re.test(url)) return r; return null; }
  allows(rule, origin) { const k = `${rule.methods}|${origin}`; if (!this.#cache.has(k)) this.#cache.set(k, rule.origins.some((o) => o === '*' || toRe(o).test(origin))); return this.#cache.get(k); }
  apply({ method, url, headers: { origin, 'access-control-request-method': acrm, 'access-control-request-headers': acrh = '' } }, res) {
    const rule = this.rule(url);
    if (!origin || !rule) return false;
    res.setHeader('Vary', ['Origin', 'Access-Control-Request-Method']);
    if (!this.allows(rule, origin)) return false;
    res.setHeader('Access-Control-Allow-Origin', rule.origins.includes('*') ? '*' : origin);
    if (method !== 'OPTIONS' || !acrm) return false;
    const asked = acrh.split(',').map((h) => h.trim()).filter((h) => Cors.headers.includes(h.toLowerCase()));
    res.writeHead(rule.methods.includes(acrm) ? 204 : 405, 'X', { 'Access-Control-Allow-Methods': rule.methods.join(), ...(asked.length && { 'Access-Control-Allow-Headers': asked.join(', ') }) });
    return !!res.end();
  }
}
const c = new Cors();
createServer((req, res) => {
  if (c.apply(req, res)) return;
  const u = new URL(req.url, `http://${req.headers.host}`);
  switch (true) {
    case u.pathname === '/api/users': res.writeHead(200, [['Content-Type', 'application/json']].flat()); return res.end('[]');
    case u.pathname.startsWith('/static/'): res.statusCode = 200; return res.end();
    case u.pathname === '/boom': return req.socket.destroy();
    default: res.writeHead(404).end('no');
  }
}).listen(3000, '127.0.0.1');
