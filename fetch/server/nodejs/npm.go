package nodejs

import (
	"strings"

	"github.com/dop251/goja"
)

// This file says which npm packages around Express are modelled, and what is known
// about the middleware of others.

// middlewareModels are the packages of each model of middleware.
var middlewareModels = []struct {
	program func() *goja.Program
	names   map[string]bool
}{
	{authModel, words("jsonwebtoken express-jwt express-unless express-basic-auth express-session cookie-session connect-flash csurf")},
	{passport, words("passport passport-jwt passport-local passport-http-bearer passport-http passport-strategy")},
	{middle, words(`vary method-override serve-favicon errorhandler express-mongo-sanitize xss-clean express-fileupload multer swagger-ui-express
		rate-limiter-flexible express-slow-down connect-timeout vhost connect-history-api-fallback express-history-api-fallback express-ws
		express-validator celebrate express-useragent request-ip pino-http express-request-id express-requestid express-correlation-id express-winston
		i18n on-headers on-finished basic-auth express-list-endpoints express-list-routes express-http-context express-openapi-validator
		response-time hpp nocache frameguard hsts ienoopen dont-sniff-mimetype x-xss-protection referrer-policy hide-powered-by helmet-csp
		express-pino-logger express-bunyan-logger express-requests-logger express-request-language express-ip express-status-monitor
		express-prom-bundle connect-busboy express-form-data express-partial-response express-minify express-minify-html express-boom express-locale
		express-layouts express-ejs-layouts express-handlebars cls-rtracer express-actuator swagger-stats express-query-parser express-query-boolean
		express-sanitizer express-expeditious`)},
}

// words returns the words of a text as a set.
func words(s string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// middlewareModel returns the program of the model of middleware that has a package,
// or nil.
func middlewareModel(name string) func() *goja.Program {
	for _, m := range middlewareModels {
		if m.names[name] {
			return m.program
		}
	}
	return nil
}

// guardMiddleware are packages whose middleware answers or goes on, but sets no header
// that is compared: @clerk/express 1.7 (dist/index.js), express-openid-connect 2.18 and
// express-oauth2-jwt-bearer 1.7 answer 401 or redirect; connect-ensure-login 0.1.1
// redirects; the others answer 401, 403 or 429.
var guardMiddleware = words(`@clerk/express @clerk/clerk-sdk-node express-openid-connect express-oauth2-jwt-bearer connect-ensure-login express-brute express-ipfilter
	express-jwt-permissions express-jwt-authz express-joi-validation express-recaptcha keycloak-connect express-limiter serve-index`)

// quietMiddleware are packages whose middleware neither answers nor sets a header
// that is compared.
var quietMiddleware = words("morgan express-device winston prom-client @sentry/node @sentry/profiling-node express-async-errors newrelic dd-trace elastic-apm-node applicationinsights")

// isGuard reports whether an unknown value answers or goes on, but sets no header that
// is compared.
func (u *unknown) isGuard() bool { return u.from.guard || guardMiddleware[u.from.module] }

// helpQuiet returns an unknown value whose calls change nothing: (path).
func (m *machine) helpQuiet(c goja.FunctionCall) goja.Value {
	name := c.Argument(0).String()
	return m.newUnknown(name, &source{module: name, quiet: true}, "").object
}

// helpGuard returns a middleware that answers or goes on: (package).
func (m *machine) helpGuard(c goja.FunctionCall) goja.Value {
	name := c.Argument(0).String()
	return m.newUnknown(name, &source{module: name, guard: true}, "whether it lets the request pass is not known").object
}

// helpOnHeaders calls a function before the header section is sent.
func (m *machine) helpOnHeaders(c goja.FunctionCall) goja.Value {
	f, ok := goja.AssertFunction(c.Argument(0))
	if x := m.current; x != nil && ok {
		x.onHeaders = append(x.onHeaders, func() {
			_, err := f(x.res)
			m.rethrow(err)
		})
	}
	return goja.Undefined()
}
