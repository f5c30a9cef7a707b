const express = require('express');
const cors = require('cors');
const config = require('./config');
const { allowedOrigins } = require('./config/origins');
const app = express();
app.use('/a', cors({ origin: config.origin }));
app.use(cors({ origin: (o, cb) => (!o || allowedOrigins.includes(o) ? cb(null, true) : cb(new Error('no'))), credentials: config.credentials }));
app.get('/api/users', (req, res) => res.json([]));
app.listen(config.port || 3000);
