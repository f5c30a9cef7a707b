// Stands for the platform that calls the function: the methods that it adds to Node's objects.
const http = require('http');
const handler = require('./api/hello.js');

http.createServer((req, res) => {
  req.query = Object.fromEntries(new URL(req.url, 'http://localhost').searchParams);
  res.status = (code) => { res.statusCode = code; return res; };
  res.json = (value) => { res.setHeader('Content-Type', 'application/json; charset=utf-8'); res.end(JSON.stringify(value)); };
  Promise.resolve(handler(req, res)).catch(() => { res.statusCode = 500; res.end(); });
}).listen(3000);
