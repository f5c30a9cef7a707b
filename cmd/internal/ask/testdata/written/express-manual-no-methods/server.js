const express = require('express');
const app = express();
app.use(function (req, res, next) {
  res.header("Access-Control-Allow-Origin", "*");
  res.header("Access-Control-Allow-Headers", "Origin, X-Requested-With, Content-Type, Accept");
  next();
});
app.get('/api/todos', (req, res) => res.json([]));
app.put('/api/todos/:id', (req, res) => res.json({}));
app.delete('/api/todos/:id', (req, res) => res.sendStatus(204));
app.listen(8000);
