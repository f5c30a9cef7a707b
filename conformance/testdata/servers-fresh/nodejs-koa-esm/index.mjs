import Koa from 'koa';
import cors from '@koa/cors';
import Router from '@koa/router';
const app = new Koa({ proxy: true });
const allowed = (process.env.ORIGINS || 'https://myapp.com,https://otherapp.com').split(',').map(s => s.trim());
app.use(async (ctx, next) => { const t = Date.now(); await next(); ctx.set('X-Response-Time', `${Date.now() - t}ms`); });
app.use(cors({
  async origin(ctx) { const o = ctx.get('Origin'); return allowed.includes(o) ? o : allowed[0]; },
  credentials: ctx => ctx.get('Origin') === 'https://myapp.com',
  allowHeaders: 'Content-Type', privateNetworkAccess: true, secureContext: true,
}));
const router = new Router();
router.get('/api/users', ctx => { ctx.body = [1]; }).post('/api/users', ctx => { ctx.status = 201; });
router.get('/boom', () => { throw Object.assign(new Error('b'), { status: 503, expose: true, headers: { Vary: 'Cookie' } }); });
router.redirect('/own', '/api/users');
app.use(router.routes());
app.use(router.allowedMethods());
export default app;
app.listen(3000);
