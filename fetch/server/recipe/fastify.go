package recipe

// fastify is the configuration of Fastify with its plugin for CORS. The plugin's
// hook runs for paths without a route and for errors, too.
var fastify = form{
	name: "Fastify (@fastify/cors)", versions: "Fastify 5 with @fastify/cors 11, Fastify 4 with @fastify/cors 9", needs: "npm install @fastify/cors",
	comment: "//", item: "'_'", separator: ", ", aliases: []string{"fastify-cors", "@fastify/cors"},
	text: `
|// before the routes, and before the plugins that authenticate
|app.register(require('@fastify/cors'), {
l|  origin: [{origins}],
a|  origin: '*',
m|  methods: [{methods}],
h|  allowedHeaders: [{headers}],
e|  exposedHeaders: [{exposed}],
c|  credentials: true,
x|  maxAge: {max-age},
|});
`,
}
