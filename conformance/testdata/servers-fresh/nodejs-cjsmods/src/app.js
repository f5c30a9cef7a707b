const express = require('express');
const { corsOptions, limits } = require('./config');
const app = module.exports = express();
require('./middleware')(app, corsOptions);
require('./routes/index.js')(app);
app.use((req, res, next) => { const e = new Error(`Not found: ${req.originalUrl}`); res.status(404); next(e); });
app.use((e, req, res, next) => { const code = res.statusCode === 200 ? 500 : res.statusCode; res.status(code).json({ message: e.message, stack: process.env.NODE_ENV === 'production' ? null : e.stack }); });
