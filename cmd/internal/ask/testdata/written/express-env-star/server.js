const express = require('express');
const cors = require('cors');
const app = express();
app.use(cors({ origin: process.env.CORS_ORIGIN || true, credentials: true, maxAge: 600 }));
app.get('/api/me', (req, res) => res.json({}));
app.listen(process.env.PORT || 3000);
