const express = require('express');
const cors = require('cors');
const app = express();
app.use(cors({ origin: 'https://myapp.com/', methods: ['GET', ' POST'], allowHeaders: ['X'], credentials: 'true' }));
app.use(cors({ origin: ['*'] }));
app.get('/api/users', (req, res) => res.json([]));
app.listen(3000);
