const { Router } = require('express');
const router = Router();
router.get('/', (req, res) => res.json({ msg: 'get' }));
router.put('/:id', (req, res) => res.json({ id: req.params.id }));
router.post('/', [(req, res, next) => next(), (req, res, next) => next()], (req, res) => res.json(req.body));
router.delete('/:id', (req, res) => res.json({}));
module.exports = router;
