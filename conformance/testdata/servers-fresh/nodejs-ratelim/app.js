const express = require('express');
const cors = require('cors');
const rateLimit = require('express-rate-limit');
const app = express();
app.use(rateLimit({ windowMs: 60 * 60 * 1000, max: 50, message: { error: 'slow down' } }));
app.use(cors());
app.get('/api/users', (req, res) => res.json([]));
app.listen(3000);
