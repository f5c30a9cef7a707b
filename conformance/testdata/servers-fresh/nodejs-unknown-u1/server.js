const express = require('express');
const cors = require('cors');
const { getOrigins } = require('./lib/origins');
const app = express();
let allowed = [];
getOrigins((err, list) => { allowed = list; });
app.use(cors({ origin: (o, cb) => cb(null, allowed.includes(o)) }));
app.get('/api/users', (req, res) => res.json([]));
app.listen(3000);
