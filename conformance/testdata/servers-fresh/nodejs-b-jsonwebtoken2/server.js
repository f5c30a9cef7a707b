const express = require('express');
const cors = require('cors');
const jwt = require('jsonwebtoken');
const bcrypt = require('bcryptjs');
const app = express();
app.use(cors({ origin: 'https://myapp.com', credentials: true }));
app.use(express.json());
const protect = async (req, res, next) => {
  let token;
  if (req.headers.authorization && req.headers.authorization.startsWith('Bearer')) token = req.headers.authorization.split(' ')[1];
  if (!token) return res.status(401).json({ message: 'Not authorized, no token' });
  try { const decoded = jwt.verify(token, 'secret'); req.user = decoded.id; next(); } catch (error) { res.status(401).json({ message: 'Not authorized, token failed' }); }
};
app.get('/api/users', protect, (req, res) => res.json([]));
app.post('/api/users', async (req, res) => { const hash = await bcrypt.hash(req.body.name, 10); res.status(201).json({ token: jwt.sign({ id: 1 }, 'secret', { expiresIn: '30d' }) }); });
app.listen(3000);
