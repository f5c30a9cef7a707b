package recipe

// nodeJS is a function around the handler of a server of node:http. It answers
// preflights before the handler sees them.
var nodeJS = form{
	name: "Node.js (node:http)", versions: "Node.js 14 and later, without a framework", comment: "//", item: "'_'", separator: ", ",
	aliases: []string{"nodejs", "node.js", "node:http", "http"},
	text: `
|// give the function that answers requests to withCORS: http.createServer(withCORS(handler)).
|// The handler must answer errors itself, and must not remove the headers that this sets
l|const allowed = [{origins}];
l|
|function withCORS(handler) {
|  return (req, res) => {
l|    res.setHeader('Vary', 'Origin');
l|    if (allowed.includes(req.headers.origin)) {
l|      res.setHeader('Access-Control-Allow-Origin', req.headers.origin);
lc|      res.setHeader('Access-Control-Allow-Credentials', 'true');
l|    }
a|    res.setHeader('Access-Control-Allow-Origin', '*');
e|    res.setHeader('Access-Control-Expose-Headers', '{exposed-values}');
m|    if (req.method === 'OPTIONS' && req.headers['access-control-request-method']) {
m|      res.setHeader('Access-Control-Allow-Methods', '{method-values}');
mh|      res.setHeader('Access-Control-Allow-Headers', '{header-values}');
mx|      res.setHeader('Access-Control-Max-Age', '{max-age}');
m|      res.writeHead(204);
m|      res.end();
m|      return;
m|    }
|    return handler(req, res);
|  };
|}
`,
}
