require('dotenv').config();
const express = require('express');
const helmet = require('helmet');
const cors = require('cors');
const morgan = require('morgan');

const app = express();
const whitelist = ['https://shop.myapp.io', 'https://admin.myapp.io'];
const corsOptionsDelegate = (req, callback) => {
  let corsOptions;
  if (whitelist.indexOf(req.header('Origin')) !== -1) {
    corsOptions = { origin: true, credentials: true, maxAge: 600 };
  } else {
    corsOptions = { origin: false };
  }
  callback(null, corsOptions);
};
app.use(helmet());
app.use(morgan('dev'));
app.use(cors(corsOptionsDelegate));
app.use(express.json());

app.get('/api/products/:id', (req, res) => res.json({ id: req.params.id }));
app.post('/api/orders', (req, res) => res.status(201).json({ ok: true }));
app.listen(process.env.PORT || 4000, () => console.log('up'));
