const Koa = require('koa');
const app = new Koa();
app.use(async (ctx, next) => {
  ctx.set('Access-Control-Allow-Origin', ctx.get('Origin') || '*');
  ctx.set('Access-Control-Allow-Headers', 'Content-Type, Authorization, X-Requested-With');
  ctx.set('Access-Control-Allow-Methods', 'PUT, POST, GET, DELETE, OPTIONS');
  ctx.set('Access-Control-Allow-Credentials', true);
  if (ctx.method === 'OPTIONS') { ctx.body = 200; } else { await next(); }
});
app.use(async ctx => {
  if (ctx.url === '/boom') throw new Error('x');
  if (ctx.url === '/err500') { ctx.status = 500; ctx.body = { e: 1 }; }
  else if (ctx.url.startsWith('/api/users')) ctx.body = 'users';
  else if (ctx.path === '/own') ctx.redirect('/api/users');
  else if (ctx.path === '/vary') ctx.body = null;
});
app.listen(process.env.PORT || 4000);
