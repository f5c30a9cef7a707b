package recipe

// nest is the configuration of Nest, which brings the middleware for CORS of the
// platform below it.
var nest = form{
	name: "Nest", versions: "Nest 10 and later on Express or Fastify (there with @fastify/cors)", comment: "//", item: "'_'", separator: ", ",
	aliases: []string{"nestjs", "nest.js"},
	text: `
|// in main.ts, after NestFactory.create and before app.use and app.listen; leave out its option cors
|app.enableCors({
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
