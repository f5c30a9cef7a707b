const router = require('express').Router();
const ctrl = require('../controllers/users.controller');
router.route('/').get(ctrl.list).post(ctrl.create);
router.route('/:id').get(ctrl.show).put(ctrl.update).delete(ctrl.remove);
module.exports = router;
