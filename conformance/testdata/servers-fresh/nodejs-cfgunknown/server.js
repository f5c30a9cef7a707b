const express = require('express');
const cors = require('cors');
const corsOptions = require('./config/corsOptions');
const app = express();
app.use(cors(corsOptions));
app.get('/api/users', (req, res) => res.json([]));
app.listen(3000);
