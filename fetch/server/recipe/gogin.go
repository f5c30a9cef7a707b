package recipe

// goGin is the configuration of gin with github.com/gin-contrib/cors, which answers
// origins that are not allowed with the status 403 and without Vary.
var goGin = form{
	name: "Go (gin)", versions: "gin 1.9 and later with github.com/gin-contrib/cors 1.7", needs: "go get github.com/gin-contrib/cors", comment: "//", item: `"_"`, separator: ", ",
	aliases: []string{"gin-contrib", "gin-contrib/cors"},
	text: `
|// before the routes, and before authentication; other origins get the status 403
|r.Use(func(c *gin.Context) { c.Header("Vary", "Origin") }) // the middleware sends it only with an origin that it allows
|r.Use(cors.New(cors.Config{
l|	AllowOrigins: []string{{origins}},
a|	AllowAllOrigins: true,
m|	AllowMethods: []string{{methods}},
h|	AllowHeaders: []string{{headers}},
e|	ExposeHeaders: []string{{exposed}},
c|	AllowCredentials: true,
x|	MaxAge: {max-age} * time.Second,
|}))
`,
}
