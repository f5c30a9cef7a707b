const express = require('express');
const cors = require('cors');
const app = express();
const parse = s => { try { return JSON.parse(s); } catch { return s.split(/[\s,]+/); } };
const origins = parse(process.env.ORIGINS || '["https://myapp.com/","http://localhost:3000"]').map(o => o.replace(/\/+$/, '').toLowerCase());
app.use(cors({
  origin(origin, cb) {
    if (!origin || origin === 'null') return cb(null, false);
    let host; try { host = new URL(origin).hostname; } catch (e) { return cb(e); }
    if (origins.some(o => origin.toLowerCase().startsWith(o)) || host.endsWith('.vercel.app') || /^localhost$/.test(host)) return cb(null, origin);
    console.warn(`blocked ${origin}`);
    return cb(null, false);
  },
  credentials: true, preflightContinue: false,
}));
app.get('/api/users', (req, res) => res.json([]));
app.use((req, res) => res.status(404).end());
app.listen(3000);
