import express, { Router, json } from 'express';
import corsMw from 'cors';
import { readFileSync } from 'node:fs';
import pkg from './package.json' with { type: 'json' };
const app = express();
class Policy {
  static #list = new Map([['https://myapp.com', { credentials: true }]]);
  static of(origin) { return this.#list.get(origin) ?? null; }
}
const delegate = (req, cb) => {
  const p = Policy.of(req.header('origin'));
  cb(null, p ? { origin: true, ...p } : { origin: false });
};
app.use(json(), corsMw(delegate));
const router = Router();
router.route('/users').all((req, res, next) => { req.user ??= { id: 1 }; next(); }).get((req, res) => res.json(req.user)).post(async ({ body: { name = 'x' } = {} }, res) => res.status(201).json({ name }));
app.use('/api', router);
label: for (const m of ['get', 'post']) { for (const p of ['/own', '/vary']) { if (p === '/vary' && m === 'post') continue label; app[m](p, (req, res) => res.json({ m, p, v: pkg.version })); } }
app.get('/boom', function* (req, res) { yield 1; });
app.get('/err500', (req, res) => { try { undefinedFunction(); } catch ({ name, message }) { res.status(500).json({ name, message }); } finally { res.locals.z = 1; } });
app.get('/denied', (req, res) => res.status(Number.parseInt('401', 10)).json(Object.fromEntries(Object.entries(req.headers).filter(([k]) => k.startsWith('acc')))));
app.listen(3000);
