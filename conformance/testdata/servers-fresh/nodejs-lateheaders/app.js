const express = require('express');
const cors = require('cors');
const app = express();
app.use((req, res, next) => { next(); if (!res.headersSent) res.setHeader('Access-Control-Allow-Origin', 'late'); });
app.use((req, res, next) => { const end = res.end; res.end = function (...a) { if (!res.headersSent) res.setHeader('Access-Control-Expose-Headers', 'X-End'); return end.apply(this, a); }; next(); });
app.use((req, res, next) => { const wh = res.writeHead; res.writeHead = function (...a) { this.setHeader('Vary', 'X-W'); return wh.apply(this, a); }; next(); });
app.get('/api/users', (req, res) => res.json([]));
app.get('/own', async (req, res) => { await null; res.json([]); });
app.listen(3000);
