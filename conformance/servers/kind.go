package servers

// kinds holds the kind of configuration for each word that a setup may have as its
// system, where the two differ.
var kinds = map[string]string{
	"asp.net core":        "aspnet",
	"aspnetcore":          "aspnet",
	"django-cors-headers": "django",
	"express":             "nodejs",
	"express4":            "nodejs",
	"fastify":             "nodejs",
	"flask-cors":          "flask",
	"fastify4":            "nodejs",
	"hono":                "nodejs",
	"httpd":               "apache",
	"gateway":             "gateway-api",
	"envoy-gateway":       "gateway-api",
	"ingress":             "ingress-nginx",
	"koa":                 "nodejs",
	"nestjs":              "nodejs",
	"nest":                "nodejs",
	"next":                "nodejs",
	"nextjs":              "nodejs",
	"node":                "nodejs",
	"serverless":          "nodejs",
	"vercel":              "nodejs",
	"rack":                "rack-cors",
	"rails":               "rack-cors",
	"spring-boot":         "spring",
	"spring boot":         "spring",
	"spring-mvc":          "spring",
	"spring-webflux":      "spring",
	"springboot":          "spring",
	"starlette":           "fastapi",
}

// KindOf returns the kind of configuration of a setup's system. A word that is not
// known is its own kind.
func KindOf(system string) string {
	if kind, ok := kinds[system]; ok {
		return kind
	}
	return system
}
