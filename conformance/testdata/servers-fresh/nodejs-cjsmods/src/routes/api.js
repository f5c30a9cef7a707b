const router = require('express').Router();
const ctrl = { list: (req, res) => res.json([]), create: (req, res) => res.status(201).location('/api/users/1').json({}) };
router.get('/users', ctrl.list).post('/users', ctrl.create);
module.exports = router;
