require('dotenv').config();
const build = require('./app');
const start = async () => {
  const app = build({ logger: process.env.NODE_ENV === 'x' });
  try { await app.listen({ port: 3000, host: '0.0.0.0' }); } catch (e) { app.log.error(e); process.exit(1); }
};
start();
