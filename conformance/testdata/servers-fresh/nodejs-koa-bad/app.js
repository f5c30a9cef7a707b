const Koa = require('koa');
const cors = require('@koa/cors');
const app = new Koa();
app.use(cors);
app.use('x');
app.listen(3000);
