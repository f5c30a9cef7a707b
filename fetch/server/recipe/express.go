package recipe

// express is the configuration of Express with the middleware cors.
// It comes before all code that may send a response, so that error responses have
// the CORS headers too.
var express = form{
	name: "Express (cors)", item: "'_'", separator: ", ",
	text: `
|// before the routes, and before authentication
|app.use(cors({
l|  origin: ['{origin}'],
a|  origin: '*',
m|  methods: [{methods}],
h|  allowedHeaders: [{headers}],
c|  credentials: true,
|}));
`,
}
