const Koa = require('koa');
const cors = require('@koa/cors');
const app = new Koa();
app.use(async (ctx, next) => {
  try { await next(); } catch (err) {
    ctx.status = err.status || 500;
    ctx.body = { error: err.message };
    ctx.app.emit('error', err, ctx);
  }
});
app.on('error', () => {});
const whitelist = ['https://myapp.com', 'http://localhost:3000'];
app.use(cors({
  origin: ctx => {
    const o = ctx.request.header.origin;
    if (whitelist.includes(o)) return o;
    return ctx.throw(403, `${o} is not allowed`);
  },
  credentials: true, maxAge: 86400, exposeHeaders: ['X-Total', 'X-Page'], allowMethods: ['GET', 'POST'], allowHeaders: ['Content-Type', 'Authorization'],
}));
app.use(async ctx => {
  if (ctx.path === '/boom') throw new Error('boom');
  if (ctx.path === '/denied') ctx.throw(401, 'no');
  if (ctx.path === '/vary') ctx.vary('Accept-Encoding');
  if (ctx.path.startsWith('/api')) ctx.body = { ok: ctx.method };
});
app.listen(3000);
