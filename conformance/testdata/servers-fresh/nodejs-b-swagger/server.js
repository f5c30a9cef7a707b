const express = require('express');
const swaggerUi = require('swagger-ui-express');
const cors = require('cors');
const spec = { openapi: '3.0.0', info: { title: 'x', version: '1' }, paths: {} };
const app = express();
app.use('/api-docs', swaggerUi.serve, swaggerUi.setup(spec));
app.use(cors());
app.get('/api/users', (req, res) => res.json([]));
app.listen(3000);
