const http = require('http');
const Koa = require('koa');
const cors = require('@koa/cors');
const app = new Koa();
app.use(cors({ origin: (ctx) => ['https://myapp.com', /\.myapp\.com$/].some(o => o instanceof RegExp ? o.test(ctx.get('Origin')) : o === ctx.get('Origin')) && ctx.get('Origin') }));
app.use(ctx => { ctx.type = 'json'; ctx.body = undefined; ctx.append('Vary', 'X'); });
http.createServer(app.callback()).listen(3000);
