package recipe

// expressManual is a middleware written by hand, for Express. It sets Vary on each
// response, because the response to an origin that is not allowed depends on the
// origin too.
var expressManual = form{
	name: "Express by hand", versions: "Express 4 and 5", comment: "//", item: "'_'", separator: ", ", aliases: []string{"connect"},
	text: `
l|const allowed = [{origins}];
|
|// before the routes, and before authentication; a handler of errors must not remove the headers that this sets
|app.use((req, res, next) => {
l|  res.vary('Origin');
l|  if (allowed.includes(req.headers.origin)) {
l|    res.set('Access-Control-Allow-Origin', req.headers.origin);
lc|    res.set('Access-Control-Allow-Credentials', 'true');
l|  }
a|  res.set('Access-Control-Allow-Origin', '*');
e|  res.set('Access-Control-Expose-Headers', '{exposed-values}');
m|  if (req.method === 'OPTIONS' && req.headers['access-control-request-method']) {
m|    res.set('Access-Control-Allow-Methods', '{method-values}');
mh|    res.set('Access-Control-Allow-Headers', '{header-values}');
mx|    res.set('Access-Control-Max-Age', '{max-age}');
m|    return res.sendStatus(204);
m|  }
|  next();
|});
`,
}
