const express = require('express');
const cors = require('cors');
const env = process.env.NODE_ENV || 'development';
const config = {
  development: { origins: ['http://localhost:3000', 'https://myapp.com'], credentials: true },
  production: { origins: 'https://prod.example.com', credentials: false },
}[env];
const isDev = env !== 'production';
const app = express();
app.use(cors({
  origin: [...(isDev ? ['http://localhost:8080'] : []), ...[].concat(config.origins)],
  credentials: config.credentials,
}));
if (isDev) { app.use((req, res, next) => { res.setHeader('X-Dev', '1'); next(); }); }
switch (env) {
  case 'production': app.enable('view cache'); break;
  default: app.set('json spaces', 2);
}
app.get('/api/users', (req, res) => res.json({ a: 1 }));
app.get('/boom', (req, res) => { throw new Error('x'); });
app.listen(3000);
