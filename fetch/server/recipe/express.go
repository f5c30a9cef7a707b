package recipe

// express is the configuration of Express with the middleware cors.
// It comes before all code that may send a response, so that error responses have
// the CORS headers too.
var express = form{
	name: "Express (cors)", versions: "Express 4 and 5 with cors 2.8", needs: "npm install cors; const cors = require('cors')",
	comment: "//", item: "'_'", separator: ", ", aliases: []string{"expressjs", "express.js", "cors", "express-cors"},
	text: `
|// before the routes, and before authentication; a handler of errors must not remove the headers that this sets
|app.use(cors({
l|  origin: [{origins}],
a|  origin: '*',
m|  methods: [{methods}],
h|  allowedHeaders: [{headers}],
e|  exposedHeaders: [{exposed}],
c|  credentials: true,
x|  maxAge: {max-age},
|}));
`,
}
