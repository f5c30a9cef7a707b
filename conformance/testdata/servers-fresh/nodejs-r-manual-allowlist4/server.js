var express = require('express');
var app = express();
var ALLOWED = (process.env.CORS_ORIGINS || '').split(/\s*,\s*/).filter(Boolean).map(function (o) { return o.replace(/\/+$/, '').toLowerCase(); });
app.all('*', function (req, res, next) {
  var origin = (req.get('origin') || '').toLowerCase();
  var i = ALLOWED.indexOf(origin);
  if (i > -1) {
    res.header({ 'Access-Control-Allow-Origin': ALLOWED[i], 'Access-Control-Allow-Credentials': true });
  }
  res.vary('Origin');
  if (req.method === 'OPTIONS' && req.get('Access-Control-Request-Method')) {
    res.header('Access-Control-Allow-Methods', req.get('Access-Control-Request-Method').toUpperCase());
    res.header('Access-Control-Allow-Headers', req.get('Access-Control-Request-Headers') || 'Content-Type');
    return res.status(i > -1 ? 204 : 403).end();
  }
  return next();
});
app.get('/api/:thing(users|items)', function (req, res) { res.send([req.params.thing]); });
app.post(/^\/api\/(?:users|items)\/?$/, function (req, res) { res.status(201).end(); });
app.use('/api/denied', function (req, res) { res.status(401).set('WWW-Authenticate', 'Bearer').end(); });
app.use('/boom', function () { throw Object.assign(new Error('x'), { statusCode: 422, headers: { 'Access-Control-Allow-Origin': '*' } }); });
app.get('/missing', function (req, res) { res.redirect(307, '/api/users'); });
app.get('/vary', function (req, res) { res.writeHead(200, { Vary: 'Accept-Encoding', 'Access-Control-Allow-Origin': 'https://late.example' }); res.end(); });
app.listen(3000, '127.0.0.1');
