const http = require('http');

{{recipe}}

function handler(req, res) {
  switch (new URL(req.url, 'http://localhost').pathname) {
    case '/users':
      res.setHeader('Content-Type', 'application/json');
      res.end('[]');
      break;
    case '/boom':
      res.writeHead(500, { 'Content-Type': 'text/plain' });
      res.end('boom');
      break;
    default:
      res.writeHead(404);
      res.end();
  }
}

http.createServer(withCORS(handler)).listen(process.env.PORT, '127.0.0.1');
