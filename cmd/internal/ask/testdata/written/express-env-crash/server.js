require('dotenv').config();
const express = require('express');
const cors = require('cors');
const app = express();
const origins = process.env.CORS_ORIGINS.split(',');
app.use(cors({ origin: origins, credentials: true, maxAge: 600 }));
app.get('/api/me', (req, res) => res.json({}));
app.listen(process.env.PORT || 3000);
