'use strict';
const http = require('http'), url = require('url'), querystring = require('querystring'), { StringDecoder } = require('string_decoder');
const config = { origins: ['https://myapp.com', 'https://otherapp.com'], methods: ['GET', 'POST', 'PUT'], port: process.env.PORT || 3000 };
const handlers = {};
handlers.ping = (data, cb) => cb(200);
handlers.users = (data, cb) => (handlers._users[data.method] || ((d, c) => c(405, { Error: 'method' }, { Allow: 'GET, POST' })))(data, cb);
handlers._users = { get: (d, cb) => cb(200, []), post: (d, cb) => cb(typeof d.payload.name === 'string' ? 201 : 400, d.payload) };
handlers.notFound = (data, cb) => cb(404);
const router = { ping: handlers.ping, 'api/users': handlers.users };
const parse = (s) => { try { return JSON.parse(s); } catch (e) { return {}; } };
const server = http.createServer((req, res) => {
  const parsed = url.parse(req.url, true);
  const path = parsed.pathname.replace(/^\/+|\/+$/g, '');
  const decoder = new StringDecoder('utf-8');
  let buffer = '';
  req.on('data', (d) => { buffer += decoder.write(d); });
  req.on('end', () => {
    buffer += decoder.end();
    const chosen = typeof router[path] !== 'undefined' ? router[path] : handlers.notFound;
    const respond = (status, payload, headers) => {
      status = typeof status === 'number' ? status : 200;
      const origin = req.headers.origin;
      if (config.origins.indexOf(origin) > -1) {
        res.setHeader('Access-Control-Allow-Origin', origin);
        res.setHeader('Access-Control-Allow-Methods', config.methods.join(', '));
        res.setHeader('Access-Control-Allow-Headers', ['Content-Type', 'Authorization']);
        res.setHeader('Vary', ['Origin', 'Accept-Encoding']);
      }
      Object.keys(headers || {}).forEach((h) => res.setHeader(h, headers[h]));
      res.setHeader('Content-Type', 'application/json');
      res.writeHead(status);
      res.end(JSON.stringify(payload || {}));
    };
    if (req.method === 'OPTIONS') return respond(204);
    chosen({ path, query: parsed.query, method: req.method.toLowerCase(), headers: req.headers, payload: parse(buffer) }, respond);
  });
});
server.on('clientError', (err, socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
server.listen(config.port, function () { console.log(`port ${this.address().port}`); });
