const express = require('express'), cors = require('cors'), app = express();
const policies = { public: cors(), private: cors({ origin: 'https://myapp.com', credentials: true }) };
const table = [['get', '/api/users', 'private', (req, res) => res.json([])], ['post', '/api/users', 'public', (req, res) => res.json([])], ['get', '/own', 'public', (req, res) => res.json([])]];
for (const [m, p, c, h] of table) { app.options(p, policies[c]); app[m](p, policies[c], h); }
const v = express.Router().use(policies.public).get('/', (req, res) => res.json(2));
app.use(['/vary', '/boom'], v);
app.use(/\/den.*/, policies.private, (req, res) => res.sendStatus(401));
app.listen(3000);
