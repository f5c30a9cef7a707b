package servers

// kinds holds the kind of configuration for each word that a setup may have as its
// system, where the two differ.
var kinds = map[string]string{
	"django-cors-headers": "django",
	"express":             "nodejs",
	"express4":            "nodejs",
	"fastify":             "nodejs",
	"hono":                "nodejs",
	"koa":                 "nodejs",
	"nestjs":              "nodejs",
	"node":                "nodejs",
	"node:http":           "nodejs",
	"flask-cors":          "flask",
	"laravel":             "php",
	"rack":                "rack-cors",
	"rails":               "rack-cors",
	"starlette":           "fastapi",
	"httpd":               "apache",
	"asp.net core":        "aspnet",
}

// KindOf returns the kind of configuration of a setup's system. A word that is not
// known is its own kind.
func KindOf(system string) string {
	if kind, ok := kinds[system]; ok {
		return kind
	}
	return system
}
