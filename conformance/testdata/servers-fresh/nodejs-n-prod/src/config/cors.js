const cors = require('cors');
const whitelist = (process.env.CORS_WHITELIST || 'https://myapp.com,https://admin.myapp.com').split(',').map((s) => s.trim()).filter(Boolean);
const options = {
  origin(origin, callback) {
    if (!origin) return callback(null, true);
    if (whitelist.indexOf(origin) !== -1) return callback(null, true);
    const err = new Error(`Origin ${origin} is not allowed`);
    err.status = 403;
    return callback(err);
  },
  credentials: true,
  methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  allowedHeaders: ['Content-Type', 'Authorization', 'X-Requested-With'],
  exposedHeaders: ['X-Total-Count', 'RateLimit-Remaining'],
  maxAge: 600,
};
module.exports = cors(options);
