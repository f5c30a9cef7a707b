const express = require('express'), cors = require('cors'), app = express();
require('express-async-errors');
app.use(cors());
app.get('/api/users', async (req, res) => { res.json([]); });
app.use((req, res) => { res.status(404); throw new Error('nf'); });
app.use((err, req, res, next) => res.status(res.statusCode >= 400 ? res.statusCode : 500).json({}));
app.listen(3000);
