const Koa = require('koa');
const Router = require('@koa/router');
const cors = require('@koa/cors');
const app = new Koa();
const router = new Router();
router.get('/session', (ctx) => { ctx.body = { user: ctx.cookies.get('u') }; });
app.use(cors({ credentials: true }));
app.use(router.routes()).use(router.allowedMethods());
app.listen(3000);
