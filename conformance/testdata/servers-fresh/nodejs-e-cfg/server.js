const express = require('express');
const cors = require('cors');
const config = require('./config');
const app = express();
app.use(cors({ origin: config.cors.origin, methods: ['GET', 'POST'], credentials: config.cors.credentials }));
app.use(config.apiPrefix || '/api', require('./routes/users'));
app.get('/own', (req, res) => res.send('x'));
app.listen(config.port);
