const express = require('express');
const app = express();

{{recipe}}

app.all('/users', (req, res) => res.json([]));
app.all('/boom', () => { throw new Error('boom'); });
app.listen(process.env.PORT, '127.0.0.1');
