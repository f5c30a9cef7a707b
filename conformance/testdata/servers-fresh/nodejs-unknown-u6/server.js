const express = require('express');
const helmet = require('helmet');
const { setupMiddleware } = require('./setupapp');
const app = express();
setupMiddleware(app);
app.get('/api/users', (req, res) => res.json([]));
app.listen(3000);
