const { Router } = require('express');
const users = require('./users.routes');
const router = Router();
router.use('/users', users);
router.get('/', (req, res) => res.json({ version: 'v1' }));
module.exports = router;
