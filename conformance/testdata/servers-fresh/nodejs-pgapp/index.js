const express = require('express');
const app = express();
const cors = require('cors');
const { Pool } = require('pg');
const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: process.env.NODE_ENV === 'production' ? { rejectUnauthorized: false } : false });
app.use(cors());
app.use(express.json());
app.get('/api/users', async (req, res) => {
  try { const { rows } = await pool.query('SELECT * FROM users'); res.json(rows); }
  catch (err) { console.error(err.message); res.status(500).send('Server error'); }
});
app.post('/api/users', (req, res) => {
  const { name } = req.body;
  pool.query('INSERT INTO users (name) VALUES ($1)', [name], (error, results) => {
    if (error) { throw error; }
    res.status(201).send(`User added with ID: ${results.insertId}`);
  });
});
app.get('/err500', (req, res) => { res.status(500).json({}); });
app.listen(5000, () => { console.log('server has started on port 5000'); });
