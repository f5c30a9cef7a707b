const express = require('express');
const cors = require('cors');
const app = express();
function auth(req, res, next) {
  if (!req.headers.authorization) return res.status(401).json({ error: 'unauthorized' });
  next();
}
app.use(express.json());
app.use('/api', auth);
app.use(cors({ origin: 'https://www.myapp.com', allowedHeaders: ['Content-Type', 'Authorization'] }));
app.get('/api/cart', (req, res) => res.json([]));
app.post('/api/cart', (req, res) => res.json([]));
app.listen(3001);
