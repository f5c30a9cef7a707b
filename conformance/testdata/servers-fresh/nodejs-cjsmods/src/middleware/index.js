const cors = require('cors'); const helmet = require('helmet'); const morgan = require('morgan');
module.exports = (app, opts) => [helmet(), cors(opts), morgan('combined'), require('express').json({ limit: '1kb' })].forEach(m => app.use(m));
