const express = require('express')
const cors = require('cors')

const app = express()
app.use(cors({ origin: ['https://myapp.com', 'https://staging.myapp.com'], credentials: true, maxAge: 600 }))
app.use(express.json())
app.put('/users', (req, res) => res.json({ saved: req.body }))
app.listen(3000)
