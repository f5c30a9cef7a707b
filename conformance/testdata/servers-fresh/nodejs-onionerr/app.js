const express = require('express');
const cors = require('cors');
const app = express();
app.use((req, res, next) => {
  res.on('finish', () => console.log(req.method, req.originalUrl, res.statusCode));
  next();
});
app.use('/api', cors({ origin: /^https:\/\/([a-z0-9-]+\.)?myapp\.com$/, maxAge: 86400 }));
app.use(express.json());
app.use('/api', (req, res, next) => {
  if (req.headers.authorization !== 'Bearer x') { res.set('X-Auth', 'no'); }
  next();
});
app.get('/api/users', (req, res, next) => { if (req.query.fail) return next(new TypeError('x')); next(); }, (req, res) => { res.json({}); });
app.head('/api/users', (req, res) => { res.set('X-Head', '1'); res.end(); });
app.get('/boom', (req, res, next) => { setTimeout(() => next(new Error('late')), 10); });
app.get('/err500', async (req, res) => { await new Promise(r => setTimeout(r, 5)); res.status(500).json({}); });
app.listen(3000);
