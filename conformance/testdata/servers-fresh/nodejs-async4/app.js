const express = require('express');
const cors = require('cors');
const app = express();
const wrap = fn => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
app.use(cors({ origin: 'https://myapp.com,https://other.com' }));
app.get('/api/users', wrap(async (req, res) => { if (req.headers.origin === 'https://evil.com') throw Object.assign(new Error('no'), { status: 418, headers: { 'X-T': 'tea' } }); res.json({}); }));
app.post('/api/users', wrap(async (req, res) => { await new Promise(r => setTimeout(r, 1)); throw new Error('late'); }));
app.use((err, req, res, next) => { if (res.headersSent) return next(err); next(err); });
app.listen(3000);
