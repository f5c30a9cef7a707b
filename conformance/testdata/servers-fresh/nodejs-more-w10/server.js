const express = require('express'), cors = require('cors'), app = express();
app.use('/api', cors({ origin: 'https://myapp.com' }), require('./api'));
app.use(cors({ origin: 'https://otherapp.com' }));
app.use('/', require('./web'));
app.listen(3000);
