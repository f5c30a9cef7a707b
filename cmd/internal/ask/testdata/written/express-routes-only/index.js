const express = require('express');
const cors = require('cors');
const app = express();
const router = express.Router();
router.get('/users', cors(), (req, res) => res.json([]));
router.post('/users', cors(), (req, res) => res.json({}));
router.delete('/users/:id', cors(), (req, res) => res.sendStatus(204));
app.use('/api', router);
app.listen(3000);
