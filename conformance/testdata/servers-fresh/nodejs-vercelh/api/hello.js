const allowCors = fn => async (req, res) => {
  res.setHeader('Access-Control-Allow-Credentials', true);
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.setHeader('Access-Control-Allow-Methods', 'GET,OPTIONS,PATCH,DELETE,POST,PUT');
  res.setHeader('Access-Control-Allow-Headers', 'X-CSRF-Token, X-Requested-With, Accept');
  if (req.method === 'OPTIONS') { res.status(200).end(); return; }
  return await fn(req, res);
};
const handler = (req, res) => {
  if (req.method !== 'GET') { res.setHeader('Allow', ['GET']); return res.status(405).end(`Method ${req.method} Not Allowed`); }
  const d = new Date();
  res.status(200).json({ d: d.toString(), name: req.query.name });
};
module.exports = allowCors(handler);
