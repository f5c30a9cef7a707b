const express = require('express');
const app = express();
const ALLOWED = new Set(['https://myapp.com', 'http://localhost:5173', process.env.EXTRA_ORIGIN].filter(Boolean));
app.use((req, res, next) => {
  const { origin } = req.headers;
  res.vary('Origin');
  if (origin && ALLOWED.has(origin.toLowerCase())) {
    res.set({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Expose-Headers': 'ETag, Link',
    });
    if (req.method === 'OPTIONS' && req.get('Access-Control-Request-Method')) {
      res.set('Access-Control-Allow-Methods', 'GET,HEAD,PUT,PATCH,POST,DELETE');
      const wanted = req.get('Access-Control-Request-Headers');
      if (wanted) { res.set('Access-Control-Allow-Headers', wanted); res.vary('Access-Control-Request-Headers'); }
      res.set('Access-Control-Max-Age', String(60 * 60));
      return res.status(204).end();
    }
  } else if (origin) {
    return res.status(403).json({ error: 'origin not allowed' });
  }
  next();
});
app.use(express.json());
app.route('/api/users').get((req, res) => res.json([])).post((req, res) => res.status(201).json(req.body)).put((req, res) => res.json(req.body)).delete((req, res) => res.status(204).end());
app.get('/err500', (req, res, next) => next(new Error('x')));
app.get('/denied', (req, res) => res.sendStatus(403));
app.use((err, req, res, next) => { if (res.headersSent) return next(err); res.status(500).send(err.message); });
app.listen(process.env.PORT ?? 3000);
