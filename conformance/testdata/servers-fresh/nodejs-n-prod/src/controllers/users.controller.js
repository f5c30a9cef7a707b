const asyncHandler = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
const db = [{ id: 1, name: 'John' }];
exports.list = asyncHandler(async (req, res) => { res.set('X-Total-Count', String(db.length)); res.json(db); });
exports.create = asyncHandler(async (req, res) => { const { name } = req.body; if (!name) { const e = new Error('name is required'); e.statusCode = 422; throw e; } res.status(201).location('/api/users/2').json({ id: 2, name }); });
exports.show = asyncHandler(async (req, res) => res.json(db.find((u) => u.id === Number(req.params.id)) || null));
exports.update = asyncHandler(async (req, res) => res.json({ ok: true }));
exports.remove = asyncHandler(async (req, res) => res.sendStatus(204));
