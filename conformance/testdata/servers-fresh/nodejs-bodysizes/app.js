const express = require('express');
const cors = require('cors');
const app = express();
app.use(express.json({ limit: 10, strict: true }));
app.use(express.urlencoded({ extended: true, limit: '5b' }));
app.use(cors());
app.post('/api/users', (req, res) => res.json(req.body));
app.use((err, req, res, next) => { if (err instanceof SyntaxError) return res.status(400).json({ t: err.type }); if (err.type === 'entity.too.large') return res.status(413).json({}); next(err); });
app.listen(3000);
