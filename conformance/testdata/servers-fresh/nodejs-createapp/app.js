const express = require('express');
const cors = require('cors');
function configureMiddleware(app, { origins }) {
  app.use(cors({ origin: origins, credentials: true, methods: 'GET,POST' }));
  app.use(express.json());
}
exports.createApp = (cfg) => {
  const app = express();
  app.set('trust proxy', 1);
  app.disable('x-powered-by');
  configureMiddleware(app, cfg);
  app.get('/api/users', (req, res) => res.json({ ip: req.ip, secure: req.secure }));
  app.all('/err500', (req, res) => res.status(500).json({}));
  return app;
};
