const express = require('express');
const cors = require('cors');
const { body, validationResult, param } = require('express-validator');
const rateLimit = require('express-rate-limit').default;
const slowDown = require('express-slow-down');
const app = express();
app.use(slowDown({ windowMs: 900000, delayAfter: 10000, delayMs: () => 500 }));
app.use(rateLimit({ windowMs: 60000, limit: 100000, standardHeaders: 'draft-7', legacyHeaders: false }));
app.use(cors({ origin: /^https:\/\/([a-z]+\.)?myapp\.com$/ }));
app.use(express.json());
app.post('/api/users', body('name').isString().isLength({ min: 2 }), body('email').optional().isEmail(), (req, res) => {
  const errors = validationResult(req);
  if (!errors.isEmpty()) return res.status(400).json({ errors: errors.array() });
  res.status(201).json(req.body);
});
app.get('/api/users', (req, res) => res.json([]));
app.listen(3000);
