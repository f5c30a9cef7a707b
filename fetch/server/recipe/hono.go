package recipe

// hono is the configuration of Hono with its middleware for CORS. The middleware
// continues after an error, so that error responses have the CORS headers too.
var hono = form{
	name: "Hono (hono/cors)", versions: "Hono 4", needs: "import { cors } from 'hono/cors'",
	comment: "//", item: "'_'", separator: ", ", aliases: []string{"hono/cors"},
	text: `
|// before the routes, and before authentication
|app.use('*', cors({
l|  origin: [{origins}],
a|  origin: '*',
m|  allowMethods: [{methods}],
h|  allowHeaders: [{headers}],
e|  exposeHeaders: [{exposed}],
c|  credentials: true,
x|  maxAge: {max-age},
|}));
`,
}
