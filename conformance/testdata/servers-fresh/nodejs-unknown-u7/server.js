const express = require('express');
const cors = require('cors');
const app = express();
app.use(cors({ origin: 'https://myapp.com' }));
require('./routes/users')(app);
require('./startup/routes')(app);
app.get('/own', (req, res) => res.json([]));
app.use((req, res) => res.status(404).json({}));
app.listen(3000);
