const express = require('express');
const cors = require('cors');
const { expressjwt: jwt } = require('express-jwt');
const app = express();
app.use(cors({ origin: ['https://myapp.com', 'https://otherapp.com'] }));
app.use('/api', jwt({ secret: process.env.JWT_SECRET || 'x', algorithms: ['HS256'], credentialsRequired: true }));
app.get('/api/users', (req, res) => res.json(req.auth));
app.get('/own', (req, res) => res.json({}));
app.listen(3000);
