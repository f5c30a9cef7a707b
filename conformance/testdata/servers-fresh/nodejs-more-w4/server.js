const express = require('express'), cors = require('cors'), app = express();
app.use(cors({ origin: [undefined, null, 'https://myapp.com'], credentials: 1, methods: 'GET', allowedHeaders: 'A,B', exposedHeaders: 'C' }));
app.get('/own', cors(null), (req, res) => res.json(1));
app.get('/vary', cors(false), (req, res) => res.json(1));
app.get('/denied', cors({ origin: () => {} }), (req, res) => res.json(1));
app.get('/boom', cors({ origin: (o, cb) => { throw new Error('x'); } }), (req, res) => res.json(1));
app.get('/err500', cors({ origin: async () => 'https://x.com' }), (req, res) => res.json(1));
app.listen(3000);
