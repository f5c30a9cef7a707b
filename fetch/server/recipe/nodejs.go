package recipe

// nodeJS is a middleware written by hand, for Express and similar frameworks. It
// sets Vary on each response, because the response to an origin that is not
// allowed depends on the origin too.
var nodeJS = form{
	name: "Node.js by hand", item: "_", separator: ", ",
	text: `
l|const allowed = ['{origin}'];
l|
|// before the routes, and before authentication
|app.use((req, res, next) => {
l|  res.vary('Origin');
l|  if (allowed.includes(req.headers.origin)) {
l|    res.set('Access-Control-Allow-Origin', req.headers.origin);
lc|    res.set('Access-Control-Allow-Credentials', 'true');
l|  }
a|  res.set('Access-Control-Allow-Origin', '*');
m|  if (req.method === 'OPTIONS' && req.headers['access-control-request-method']) {
m|    res.set('Access-Control-Allow-Methods', '{methods}');
mh|    res.set('Access-Control-Allow-Headers', '{headers}');
m|    return res.sendStatus(204);
m|  }
|  next();
|});
`,
}
