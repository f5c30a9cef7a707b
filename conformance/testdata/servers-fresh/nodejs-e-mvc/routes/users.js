const r = require('express').Router(); r.get('/users', (q, s) => s.json([])); r.post('/users', (q, s) => s.status(201).json({})); module.exports = r;
