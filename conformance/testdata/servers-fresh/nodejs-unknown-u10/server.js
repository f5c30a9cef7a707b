const express = require('express');
const cors = require('cors');
const env = require('./env');
const app = express();
const list = env.ORIGINS ? env.ORIGINS.split(',') : ['https://myapp.com'];
list.push('https://otherapp.com');
const set = new Set(list.map(x => x.trim()));
if (env.isProd) { app.set('trust proxy', 1); }
app.use(cors({ origin: (o, cb) => set.has(o) || !o ? cb(null, true) : cb(new Error('x')), credentials: true }));
app.get('/api/users', (req, res) => res.json([]));
app.listen(env.PORT);
