const express = require('express');
const app = express();
const cors = require('cors');
if (process.env.NODE_ENV !== 'production') {
  app.use(cors({ origin: 'http://localhost:3000', credentials: true }));
} else {
  const whitelist = process.env.WHITELIST ? JSON.parse(process.env.WHITELIST) : ['https://myapp.com'];
  app.use(cors({ origin: whitelist, credentials: true }));
}
app.get('/api/users', (req, res) => res.json([]));
const PORT = normalizePort(process.env.PORT || '3000');
app.set('port', PORT);
const server = require('http').createServer(app);
server.on('error', onError);
server.on('listening', () => { const addr = server.address(); console.log(typeof addr === 'string' ? addr : addr.port); });
server.listen(PORT);
function normalizePort(val) { const port = parseInt(val, 10); if (isNaN(port)) return val; if (port >= 0) return port; return false; }
function onError(error) { if (error.syscall !== 'listen') throw error; switch (error.code) { case 'EACCES': process.exit(1); break; default: throw error; } }
