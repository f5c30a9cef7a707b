package recipe

// koa is the configuration of Koa with its middleware for CORS. The middleware takes
// one origin or a function, no list. It keeps its headers when the application throws.
var koa = form{
	name: "Koa (@koa/cors)", versions: "Koa 2 and 3 with @koa/cors 5", needs: "npm install @koa/cors",
	comment: "//", item: "'_'", separator: ", ", aliases: []string{"@koa/cors", "koa-cors"},
	text: `
l|const allowed = [{origins}];
l|
|// before the routes, and before authentication
|app.use(require('@koa/cors')({
l|  origin: (ctx) => allowed.includes(ctx.get('Origin')) ? ctx.get('Origin') : '',
a|  origin: '*',
m|  allowMethods: [{methods}],
h|  allowHeaders: [{headers}],
e|  exposeHeaders: [{exposed}],
c|  credentials: true,
x|  maxAge: {max-age},
|}));
`,
}
