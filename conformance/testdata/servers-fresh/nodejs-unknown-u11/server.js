const express = require('express');
const cors = require('cors');
const jwt = require('jsonwebtoken');
const app = express();
const auth = (req, res, next) => {
  const token = (req.headers.authorization || '').replace('Bearer ', '');
  if (!token) return res.status(401).json({ e: 1 });
  const d = jwt.verify(token, process.env.SECRET);
  req.user = d;
  if (d.role !== 'admin') return res.status(403).end();
  next();
};
app.use(auth);
app.use(cors());
app.get('/api/users', (req, res) => res.json([]));
app.listen(3000);
