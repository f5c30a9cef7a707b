const express = require('express');
const cors = require('cors');
const { User } = require('./models');
const app = express();
app.use(cors({ origin: true, credentials: true, methods: process.env.METHODS ? process.env.METHODS.split(',') : undefined }));
app.get('/api/users', async (req, res) => {
  const users = await User.findAll({ where: req.query });
  const total = users.length;
  if (total > 10 && req.query.page) return res.status(206).json(users.slice(0, 10));
  const [first, ...rest] = users;
  res.status(total ? 200 : 204).json({ first, rest: rest.map(u => ({ ...u.toJSON(), x: u.a + 1, y: u.b * 2, z: `${u.c}` })), t: Math.max(...users.map(u => u.n)), s: users.reduce((a, u) => a + u.n, 0), d: new Date(first.date).toISOString() });
});
app.post('/api/users', async (req, res, next) => {
  try { const u = await User.create(req.body); await u.save(); delete u.password; u.age++; res.status(201).json(u); } catch (e) { if (e.name === 'SequelizeUniqueConstraintError') return res.status(409).end(); next(e); }
});
app.put('/api/users', (req, res) => { User.update({}, (err, n) => { if (err) return res.status(500).end(); switch (n) { case 0: return res.status(404).end(); case 1: return res.json({}); default: res.status(207).end(); } }); });
app.delete('/api/users', (req, res) => { User.destroy().then(() => res.status(204).end()).catch(() => res.status(500).end()); });
app.listen(3000);
