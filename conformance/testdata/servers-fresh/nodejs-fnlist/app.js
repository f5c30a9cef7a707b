require('dotenv').config();
const express = require('express');
const cors = require('cors');
const app = express();
const defaults = ['http://localhost:3000', 'http://localhost:5173'];
const fromEnv = (process.env.ALLOWED_ORIGINS || '').split(',').map(s => s.trim()).filter(Boolean);
const allowed = [...new Set([...defaults, ...fromEnv])];
const corsOptions = {
  origin: (origin, callback) => {
    if (!origin) return callback(null, true);
    if (allowed.indexOf(origin) !== -1) {
      callback(null, true);
    } else {
      callback(new Error(`CORS: origin ${origin} not allowed`));
    }
  },
  credentials: true,
  methods: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'],
  allowedHeaders: ['Content-Type', 'Authorization', 'X-Requested-With'],
  exposedHeaders: ['X-Total-Count'],
  maxAge: 600,
  optionsSuccessStatus: 200,
};
app.use(express.json());
app.use(cors(corsOptions));
app.options('/{*any}', cors(corsOptions));
app.get('/api/users', (req, res) => { res.set('X-Total-Count', '0'); res.json([]); });
app.route('/api/users').post((req, res) => res.status(201).json(req.body)).put((req, res) => res.json({})).delete((req, res) => res.status(204).end());
app.get('/boom', async () => { throw new Error('boom'); });
app.get('/err500', (req, res, next) => next(Object.assign(new Error('x'), { statusCode: 503 })));
app.get('/denied', (req, res) => res.sendStatus(401));
app.use((err, req, res, next) => {
  if (err.message.startsWith('CORS')) return res.status(403).json({ error: err.message });
  res.status(err.statusCode || 500).json({ error: 'x' });
});
app.listen(3000);
