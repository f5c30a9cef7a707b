// A file of the project is imported, which nobody pasted.
const express = require('express')
const options = require('./options')

const app = express()
app.use(require('cors')(options))
app.put('/users', (req, res) => res.json({}))
app.listen(3000)
