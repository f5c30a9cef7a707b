module.exports = app => { app.use('/api', require('./api')); app.get('/own', (q, s) => s.json({})); };
