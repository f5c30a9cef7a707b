const express = require('express');
const cors = require('cors');
const app = express();
const lookup = require('./lookup');
app.use((req, res, next) => {
  const tenant = lookup(req.hostname);
  res.setHeader('X-Tenant', tenant.id);
  if (tenant.origins.indexOf(req.headers.origin) > -1) res.setHeader('Access-Control-Allow-Origin', req.headers.origin);
  res.setHeader('Access-Control-Allow-Methods', 'GET');
  next();
});
app.get('/api/users', (req, res) => res.json([]));
app.listen(3000);
