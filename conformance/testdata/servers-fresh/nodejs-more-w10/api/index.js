const r = require('express').Router();
r.use('/users', require('./users'));
r.use((req, res) => res.status(404).json({ api: true }));
module.exports = r;
