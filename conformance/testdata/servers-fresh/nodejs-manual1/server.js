var express = require('express');
var bodyParser = require('body-parser');
var app = express();
app.use(bodyParser.json());
app.use(bodyParser.urlencoded({ extended: false }));
app.use(function (req, res, next) {
  res.header("Access-Control-Allow-Origin", "*");
  res.header("Access-Control-Allow-Headers", "Origin, X-Requested-With, Content-Type, Accept, Authorization");
  if (req.method === 'OPTIONS') {
    res.header('Access-Control-Allow-Methods', 'PUT, POST, PATCH, DELETE, GET');
    return res.status(200).json({});
  }
  next();
});
app.get('/api/users', function (req, res) { res.send({ users: [] }); });
app.post('/api/users', function (req, res) { res.send(201); });
app.use('/boom', function (req, res, next) { next(new Error('boom')); });
app.use(function (req, res, next) { var err = new Error('Not Found'); err.status = 404; next(err); });
app.use(function (err, req, res, next) { res.status(err.status || 500); res.json({ error: { message: err.message } }); });
app.listen(3000, function () { console.log('up'); });
