import { Router } from 'express';
const r = Router();
r.get('/users', (_q, s) => s.json([{ id: 1 }]));
r.put('/users', (_q, s) => { s.setHeader('Vary', 'Cookie'); s.sendStatus(204); });
r.use((_q, s) => s.status(404).send({ nf: 1 }));
export default r;
