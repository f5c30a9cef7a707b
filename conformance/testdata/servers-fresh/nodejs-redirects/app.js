const express = require('express');
const app = express();
app.use((req, res, next) => {
  const allowed = ['https://myapp.com', 'http://localhost:3000'];
  const { origin } = req.headers;
  if (allowed.includes(origin)) {
    res.setHeader('Access-Control-Allow-Origin', origin);
    res.setHeader('Vary', 'Origin');
  }
  res.setHeader('Access-Control-Allow-Credentials', true);
  res.append('Access-Control-Expose-Headers', 'X-A');
  res.append('Access-Control-Expose-Headers', 'X-B');
  req.method === 'OPTIONS' ? res.sendStatus(204) : next();
});
app.get('/api/users', (req, res) => res.jsonp({ a: 1 }));
app.put('/api/users', (req, res) => res.end());
app.get('/boom', (req, res) => res.redirect('/api/users?x=1'));
app.get('/err500', (req, res) => { res.writeHead(500, { 'Content-Type': 'text/plain' }); res.write('a'); res.end('b'); });
app.get('/denied', (req, res) => { res.removeHeader('Access-Control-Allow-Origin'); res.status(401).send('no'); });
app.get('/vary', (req, res) => { res.set({ Vary: 'Accept', 'X-C': 'c' }).send(Buffer.from('x')); });
app.get('/own', (req, res) => { res.type('json').send('{}'); });
app.listen(3000);
