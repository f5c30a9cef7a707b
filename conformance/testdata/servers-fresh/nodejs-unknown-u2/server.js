const express = require('express');
const cors = require('cors');
const config = require('config');
const app = express();
app.use(cors({ origin: config.get('cors.origins'), credentials: true }));
app.get('/api/users', (req, res) => res.json([]));
app.listen(config.get('port'));
