const Koa = require('koa');
const Router = require('@koa/router');
const cors = require('@koa/cors');
const app = new Koa({ proxy: true });
const router = new Router({ prefix: '/api' });
app.use(async (ctx, next) => {
  try { await next(); } catch (err) {
    ctx.status = err.status || 500;
    ctx.body = { message: err.expose ? err.message : 'Internal' };
    ctx.app.emit('error', err, ctx);
  }
});
app.use(cors({
  origin(ctx) {
    const allowed = ['https://myapp.com', 'https://otherapp.com'];
    const origin = ctx.get('Origin');
    return allowed.includes(origin) ? origin : allowed[0];
  },
  allowMethods: 'GET,PUT,POST',
  allowHeaders: ['Content-Type', 'Authorization'],
  exposeHeaders: 'X-Request-Id',
  maxAge: 300,
  credentials: true,
  keepHeadersOnError: true,
}));
router.get('/users', (ctx) => { ctx.body = []; });
router.post('/users', (ctx) => { ctx.status = 201; ctx.body = { ok: 1 }; });
router.put('/users', (ctx) => ctx.throw(409, 'conflict'));
app.use(router.routes()).use(router.allowedMethods());
app.use(async (ctx) => {
  if (ctx.path === '/boom') throw new Error('boom');
  if (ctx.path === '/denied') ctx.throw(401);
  if (ctx.path === '/vary') { ctx.vary('Accept'); ctx.body = 'v'; }
  if (ctx.path === '/own') { ctx.set('Access-Control-Allow-Origin', 'https://x.example'); ctx.body = 'o'; }
});
app.on('error', () => {});
app.listen(3000);
