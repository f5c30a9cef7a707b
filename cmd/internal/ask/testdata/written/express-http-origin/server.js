const express = require('express'), cors = require('cors');
const app = express();
app.use(cors({ origin: 'http://app.myapp.com', credentials: true, maxAge: 600 }));
app.get('/api/me', (req, res) => res.json({}));
app.listen(3000);
