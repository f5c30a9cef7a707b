const Koa = require('koa');

const app = new Koa();
app.silent = true;

{{recipe}}

app.use(async (ctx) => {
  if (ctx.path === '/users') ctx.body = [];
  if (ctx.path === '/boom') throw new Error('boom');
});

app.listen(process.env.PORT, '127.0.0.1');
