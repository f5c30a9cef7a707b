const express = require('express');
const { WebSocketServer } = require('ws');
const app = express();
app.use((req, res, next) => {
  const allowed = { 'https://myapp.com': 1, 'http://localhost:3000': 1 };
  if (req.headers.origin in allowed) res.setHeader('Access-Control-Allow-Origin', req.headers.origin);
  res.setHeader('Vary', 'Origin');
  req.method === 'OPTIONS' ? res.sendStatus(204) : next();
});
app.get('/api/users', (req, res) => res.json([]));
const server = app.listen(3000);
const wss = new WebSocketServer({ server });
wss.on('connection', (ws) => { ws.on('message', (m) => wss.clients.forEach((c) => c.send(m))); });
