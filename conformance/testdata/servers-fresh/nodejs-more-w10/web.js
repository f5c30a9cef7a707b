module.exports = (req, res, next) => { if (req.path === '/own') return res.redirect('/'); next(); };
