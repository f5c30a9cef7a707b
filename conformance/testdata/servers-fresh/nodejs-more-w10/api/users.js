const { Router } = require('express'); const r = Router();
r.get('/', (q, s) => s.json([])); r.post('/', (q, s, n) => n(new Error('e')));
module.exports = r;
