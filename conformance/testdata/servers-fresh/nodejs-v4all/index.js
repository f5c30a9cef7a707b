const express = require('express');
const app = express();
app.all('/*', function (req, res, next) {
  res.header('Access-Control-Allow-Origin', '*');
  res.header('Access-Control-Allow-Headers', 'X-Requested-With');
  next();
});
app.get('/api/users', (q, s) => s.json(201, { a: 1 }));
app.put('/api/users', (q, s) => s.send({ a: 1 }, 202));
app.get('/own', (q, s) => s.redirect('/x', 301));
app.listen(3000);
