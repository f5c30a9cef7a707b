const express = require('express');
const cors = require('cors');
const app = express();
const isAllowed = require('./isAllowed');
app.use(cors({ origin: (o, cb) => isAllowed(o) ? cb(null, true) : cb(null, false) }));
app.get('/api/users', (req, res) => res.json([]));
app.listen(3000);
