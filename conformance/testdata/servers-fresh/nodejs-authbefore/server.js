const express = require('express');
const cors = require('cors');
const app = express();
app.use(require('./middleware/auth'));
app.use(cors());
app.get('/api/users', (req, res) => res.json([]));
app.listen(3000);
