package recipe

// traefik is the dynamic configuration of Traefik, as a file. Its middleware answers
// preflights itself.
var traefik = form{
	name: "Traefik", versions: "Traefik 2.4 and later", comment: "#", item: `"_"`, separator: ", ",
	text: `
|# in the dynamic configuration; name the middleware in the router, before those that authenticate: middlewares: [cors]
|http:
|  middlewares:
|    cors:
|      headers:
l|        accessControlAllowOriginList: [{origins}]
a|        accessControlAllowOriginList: ["*"]
m|        accessControlAllowMethods: [{methods}]
s|        accessControlAllowMethods: ["GET", "HEAD", "POST"]
h|        accessControlAllowHeaders: [{headers}]
e|        accessControlExposeHeaders: [{exposed}]
c|        accessControlAllowCredentials: true
x|        accessControlMaxAge: {max-age}
l|        addVaryHeader: true
|        customResponseHeaders:
|          # remove the backend's own CORS headers
|          Access-Control-Allow-Origin: ""
|          Access-Control-Allow-Credentials: ""
`,
}
