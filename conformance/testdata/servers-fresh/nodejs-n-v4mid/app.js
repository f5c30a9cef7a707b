var express = require('express');
var bodyParser = require('body-parser');
var cors = require('cors');
var path = require('path');
var app = express();
var corsOptionsDelegate = function (req, callback) {
  var corsOptions;
  if (['https://myapp.com', 'https://otherapp.com'].indexOf(req.header('Origin')) !== -1) {
    corsOptions = { origin: true, credentials: true };
  } else {
    corsOptions = { origin: false };
  }
  callback(null, corsOptions);
};
app.set('port', process.env.PORT || 3000);
app.use(bodyParser.urlencoded({ extended: false }));
app.use(bodyParser.json({ type: ['application/json', 'text/plain'] }));
app.options('*', cors(corsOptionsDelegate));
app.get('/api/users', cors(corsOptionsDelegate), function (req, res) { res.send({ data: req.query }); });
app.post('/api/users', function (req, res) { res.status(200).json(req.body); });
app.get('/own', function (req, res) { res.header('Access-Control-Allow-Origin', '*').send('x'); });
app.use(function (req, res, next) { var err = new Error('Not Found'); err.status = 404; next(err); });
app.use(function (err, req, res, next) { res.status(err.status || 500); res.json({ message: err.message, error: app.get('env') === 'development' ? err : {} }); });
app.listen(app.get('port'), function () { console.log('Server on ' + app.get('port')); });
