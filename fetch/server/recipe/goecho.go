package recipe

// goEcho is the configuration of Echo with its own middleware for CORS.
var goEcho = form{
	name: "Go (Echo)", versions: "Echo 4", needs: `import "github.com/labstack/echo/v4/middleware"`, comment: "//", item: `"_"`, separator: ", ",
	aliases: []string{"labstack", "labstack/echo"},
	text: `
|// before the other middleware
|e.Use(middleware.CORSWithConfig(middleware.CORSConfig{
l|	AllowOrigins: []string{{origins}},
a|	AllowOrigins: []string{"*"},
m|	AllowMethods: []string{{methods}},
h|	AllowHeaders: []string{{headers}},
e|	ExposeHeaders: []string{{exposed}},
c|	AllowCredentials: true,
x|	MaxAge: {max-age},
|}))
`,
}
