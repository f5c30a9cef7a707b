require('dotenv').config({ path: './config/.env' });
const express = require('express'); const cors = require('cors');
const app = express();
const { CORS_ORIGINS = '', CORS_CREDENTIALS, MAX_AGE } = process.env;
const origins = CORS_ORIGINS.split(';').filter(o => o.length > 0);
app.use(cors({ origin: origins.length ? origins : '*', credentials: CORS_CREDENTIALS === 'true', maxAge: parseInt(MAX_AGE, 10) || undefined }));
if (!process.env.JWT) { console.warn('no jwt'); }
app.get('/api/users', (req, res) => res.json({ e: process.env.NODE_ENV }));
app.listen(process.env.PORT);
