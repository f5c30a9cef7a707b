const express = require('express');
const cors = require('cors');
const app = express();
const allow = ['https://myapp.com', 'https://otherapp.com'];
const corsOptionsDelegate = function (req, callback) {
  let corsOptions;
  if (allow.indexOf(req.header('Origin')) !== -1) corsOptions = { origin: true, credentials: true };
  else corsOptions = { origin: false };
  callback(null, corsOptions);
};
app.get('/api/users', cors(corsOptionsDelegate), (req, res) => res.json({}));
app.options('/api/users', cors(corsOptionsDelegate));
app.post('/api/users', cors(corsOptionsDelegate), express.json(), (req, res) => res.json({}));
app.get('/own', cors({ origin: 'https://other.com' }), (req, res) => res.json({}));
app.get('/vary', cors({ methods: ['GET'], preflightContinue: true }), (req, res) => res.vary('X-A').json({}));
app.listen(3000);
