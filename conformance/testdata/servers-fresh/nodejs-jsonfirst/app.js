const express = require('express');
const cors = require('cors');
const app = express();
app.use(express.json({ type: '*/*' }));
app.use(express.text());
app.use(cors());
app.post('/api/users', (req, res) => res.json({ b: req.body }));
app.put('/api/users', (req, res) => res.json({ b: req.body === undefined }));
app.listen(3000);
