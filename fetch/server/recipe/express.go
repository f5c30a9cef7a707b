package recipe

// express is the configuration of Express with the middleware cors.
// It stands before everything that may answer by itself, so that answers to
// errors have the headers of CORS too.
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
