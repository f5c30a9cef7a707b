const Koa = require('koa'), cors = require('@koa/cors');
const router = require('./routes');
const error = require('./middleware/error');
const app = new Koa();
app.use(cors({ origin: 'https://myapp.com' }));
app.use(error());
app.use(router.routes()).use(router.allowedMethods());
app.listen(3000);
