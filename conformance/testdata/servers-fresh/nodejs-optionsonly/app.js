const express = require('express');
const app = express();
app.options('/api/users', (req, res) => {
  res.set({ 'Access-Control-Allow-Origin': req.get('Origin') || '*', 'Access-Control-Allow-Methods': ['GET', 'PUT'], 'Access-Control-Allow-Headers': req.get('Access-Control-Request-Headers') || '', });
  res.sendStatus(204);
});
app.get('/api/users', (req, res) => res.json([]));
app.get('/own', (req, res) => res.json([]));
app.put('/own', (req, res) => res.json([]));
app.all('/vary', (req, res) => res.json([]));
app.route('/denied').get((q, s) => s.status(401).end()).patch((q, s) => s.end());
const r = express.Router();
r.delete('/', (q, s) => s.end()); r.get('/', (q, s) => s.end());
app.use('/boom', r);
app.use('/boom', r);
app.listen(3000);
