const express = require('express');
const cors = require('cors');
const mongoose = require('mongoose');
const Site = mongoose.model('Site', new mongoose.Schema({ origin: String }));
const app = express();
app.use(cors({ credentials: true, origin: async (o, cb) => { try { const s = await Site.findOne({ origin: o }); cb(null, !!s); } catch (e) { cb(e); } } }));
app.get('/api/users', (req, res) => res.json([]));
app.listen(3000);
