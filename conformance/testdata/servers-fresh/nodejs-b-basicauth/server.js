const express = require('express');
const basicAuth = require('express-basic-auth');
const app = express();
app.use(basicAuth({ users: { admin: 'supersecret' }, challenge: true }));
app.use((req, res, next) => { res.header('Access-Control-Allow-Origin', '*'); res.header('Access-Control-Allow-Headers', 'Authorization'); next(); });
app.get('/api/users', (req, res) => res.json([]));
app.listen(3000);
