package fix

import (
	"regexp"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// notation says how the texts of some kinds of configurations write what they allow.
type notation struct {
	kinds []string
	// options holds the names of the options about a subject. A name is followed by
	// one of the signs of [assignment], or it ends with the sign itself.
	options map[server.Subject][]string
	// form is the form of the options' values.
	form form
	// quote is the quote of strings.
	quote string
	// brackets are those of lists; "" is [].
	brackets string
	// oneOrigin matches texts whose library takes one origin as a string, and no list.
	oneOrigin *regexp.Regexp
	// isOneString reports whether a list is one string with commas.
	isOneString bool
	// quotesWords reports whether values of headers are in quotes.
	quotesWords bool
	// pair writes an option with its value, with {name} and {value}.
	pair string
	// vary is the statement that adds Vary: Origin; "" is a copy of the statement that
	// sets Access-Control-Allow-Origin, with other words.
	vary string
	// preflight is the statement that answers preflights, without indentation.
	preflight string
	// first matches the lines before which the CORS middleware has to stand.
	first *regexp.Regexp
}

// notations holds the notation of each kind. Kinds that are not here have values of
// headers only.
var notations = []notation{
	{
		kinds: []string{"nodejs"}, quote: "'", pair: "{name}: {value}", oneOrigin: regexp.MustCompile(`['"]@koa/cors['"]`),
		options: map[server.Subject][]string{
			server.SubjectOrigins: {"origin"}, server.SubjectMethods: {"methods", "allowMethods"}, server.SubjectHeaders: {"allowedHeaders", "allowHeaders"},
			server.SubjectExposed: {"exposedHeaders", "exposeHeaders"}, server.SubjectCredentials: {"credentials"}, server.SubjectMaxAge: {"maxAge"},
		},
		preflight: "if (req.method === 'OPTIONS') return res.sendStatus(204);",
		first:     regexp.MustCompile(`(?m)^[ \t]*\w+\.(?:use|get|post|put|patch|delete|all|route|register|addHook)\(`),
	},
	{
		kinds: []string{"flask"}, quote: "'", pair: "{name}={value}",
		options: map[server.Subject][]string{
			server.SubjectOrigins: {"origins", "CORS_ORIGINS"}, server.SubjectMethods: {"methods", "CORS_METHODS"},
			server.SubjectHeaders: {"allow_headers", "CORS_ALLOW_HEADERS"}, server.SubjectExposed: {"expose_headers", "CORS_EXPOSE_HEADERS"},
			server.SubjectCredentials: {"supports_credentials", "CORS_SUPPORTS_CREDENTIALS"}, server.SubjectMaxAge: {"max_age", "CORS_MAX_AGE"},
		},
	},
	{
		kinds: []string{"fastapi", "starlette"}, quote: "'", pair: "{name}={value}",
		options: map[server.Subject][]string{
			server.SubjectOrigins: {"allow_origins", "allow_origin_regex"}, server.SubjectMethods: {"allow_methods"}, server.SubjectHeaders: {"allow_headers"},
			server.SubjectExposed: {"expose_headers"}, server.SubjectCredentials: {"allow_credentials"}, server.SubjectMaxAge: {"max_age"},
		},
	},
	{
		kinds: []string{"django"}, quote: "'", pair: "{name} = {value}",
		options: map[server.Subject][]string{
			server.SubjectOrigins:     {"CORS_ALLOWED_ORIGINS", "CORS_ORIGIN_WHITELIST", "CORS_ALLOWED_ORIGIN_REGEXES", "CORS_ORIGIN_REGEX_WHITELIST"},
			server.SubjectMethods:     {"CORS_ALLOW_METHODS"},
			server.SubjectHeaders:     {"CORS_ALLOW_HEADERS"},
			server.SubjectExposed:     {"CORS_EXPOSE_HEADERS"},
			server.SubjectCredentials: {"CORS_ALLOW_CREDENTIALS"},
			server.SubjectMaxAge:      {"CORS_PREFLIGHT_MAX_AGE"},
		},
	},
	{
		kinds: []string{"rack-cors", "rails"}, quote: "'", pair: "{name}: {value}", form: expression,
		options: map[server.Subject][]string{
			server.SubjectOrigins: {"origins "}, server.SubjectMethods: {"methods"}, server.SubjectHeaders: {"headers"}, server.SubjectExposed: {"expose"},
			server.SubjectCredentials: {"credentials"}, server.SubjectMaxAge: {"max_age"},
		},
		first: regexp.MustCompile(`(?m)^[ \t]*use `),
	},
	{
		kinds: []string{"laravel"}, quote: "'", pair: "'{name}' => {value}",
		options: map[server.Subject][]string{
			server.SubjectOrigins: {"allowed_origins", "allowed_origins_patterns"}, server.SubjectMethods: {"allowed_methods"}, server.SubjectHeaders: {"allowed_headers"},
			server.SubjectExposed: {"exposed_headers"}, server.SubjectCredentials: {"supports_credentials"}, server.SubjectMaxAge: {"max_age"},
		},
	},
	{
		kinds: []string{"aspnet"}, quote: `"`, form: arguments,
		options: map[server.Subject][]string{
			server.SubjectOrigins: {"WithOrigins("}, server.SubjectMethods: {"WithMethods("}, server.SubjectHeaders: {"WithHeaders("}, server.SubjectExposed: {"WithExposedHeaders("},
		},
	},
	{
		kinds: []string{"spring"}, quote: `"`, brackets: "{}", pair: "{name} = {value}",
		options: map[server.Subject][]string{
			server.SubjectOrigins: {"allowedOrigins(", "setAllowedOrigins(", "origins", "allowedOriginPatterns(", "originPatterns"},
			server.SubjectMethods: {"allowedMethods(", "setAllowedMethods("},
			server.SubjectHeaders: {"allowedHeaders(", "setAllowedHeaders(", "allowedHeaders"},
			server.SubjectExposed: {"exposedHeaders(", "setExposedHeaders(", "exposedHeaders"},
			server.SubjectMaxAge:  {"maxAge(", "setMaxAge(", "maxAge"},
		},
	},
	{
		kinds: []string{"ingress-nginx"}, quote: `"`, isOneString: true, pair: "nginx.ingress.kubernetes.io/{name}: {value}",
		options: map[server.Subject][]string{
			server.SubjectOrigins: {"cors-allow-origin"}, server.SubjectMethods: {"cors-allow-methods"}, server.SubjectHeaders: {"cors-allow-headers"},
			server.SubjectExposed: {"cors-expose-headers"}, server.SubjectCredentials: {"cors-allow-credentials"}, server.SubjectMaxAge: {"cors-max-age"},
		},
	},
	{
		kinds: []string{"s3", "aws-s3"}, quote: `"`, pair: `"{name}": {value}`,
		options: map[server.Subject][]string{
			server.SubjectOrigins: {"AllowedOrigins", "AllowedOrigin"}, server.SubjectMethods: {"AllowedMethods", "AllowedMethod"},
			server.SubjectHeaders: {"AllowedHeaders", "AllowedHeader"}, server.SubjectExposed: {"ExposeHeaders", "ExposeHeader", "ExposedHeaders"},
			server.SubjectMaxAge: {"MaxAgeSeconds", "MaxAge"},
		},
	},
	{
		kinds: []string{"api-gateway"}, quote: `"`, pair: `"{name}": {value}`,
		options: map[server.Subject][]string{
			server.SubjectOrigins: {"AllowOrigins", "allowOrigins", "allow_origins"}, server.SubjectMethods: {"AllowMethods", "allowMethods", "allow_methods"},
			server.SubjectHeaders: {"AllowHeaders", "allowHeaders", "allow_headers"}, server.SubjectExposed: {"ExposeHeaders", "exposeHeaders"},
			server.SubjectCredentials: {"AllowCredentials", "allowCredentials"}, server.SubjectMaxAge: {"MaxAge", "maxAge"},
		},
	},
	{kinds: []string{"php"}, quote: `"`, preflight: "if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {\n    http_response_code(204);\n    exit;\n}"},
	{kinds: []string{"nginx"}, preflight: "if ($request_method = OPTIONS) {\n    return 204;\n}"},
	{
		kinds: []string{"apache"}, vary: "Header always merge Vary Origin", quotesWords: true,
		preflight: "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} OPTIONS\nRewriteRule ^ - [R=204,L]",
	},
	{kinds: []string{"caddy"}, vary: "header +Vary Origin", preflight: "@corsPreflight method OPTIONS\nrespond @corsPreflight 204"},
	{kinds: []string{"haproxy"}},
}

// notationOf returns the notation of a kind.
func notationOf(kind string) *notation {
	for i := range notations {
		if slices.Contains(notations[i].kinds, kind) {
			return &notations[i]
		}
	}
	return &notation{kinds: []string{kind}, quote: `"`}
}

// assignment matches what is between the name of an option and its value.
var assignment = regexp.MustCompile(`^["']?\]?\s*(?:=>|=|:)`)

// optionPlaces returns the places where a text sets an option about a subject.
func (n *notation) optionPlaces(text string, about server.Subject) []place {
	var out []place
	for _, name := range n.options[about] {
		for _, m := range regexp.MustCompile(regexp.QuoteMeta(name)).FindAllStringIndex(text, -1) {
			if v, ok := n.optionValue(text, name, m[1]); ok && isWordEdge(text, m[0]) {
				out = append(out, place{v, m[0], name, true})
				if named, ok := variableOf(text, v); ok {
					out = append(out, place{named, m[0], name, false})
				}
			}
		}
	}
	return out
}

// optionValue returns the value behind the name of an option that ends at an offset.
func (n *notation) optionValue(text, name string, at int) (v value, ok bool) {
	if isWordByte(name[len(name)-1]) {
		m := assignment.FindString(text[at:])
		if m == "" || at+len(m) < len(text) && (text[at+len(m)] == '=' || text[at+len(m)] == ':') {
			return v, false
		}
		return valueAt(text, at+len(m), n.form), true
	}
	return valueAt(text, at, arguments), true
}

// variableName matches a value that is the name of a variable.
var variableName = regexp.MustCompile(`^[A-Za-z_$][\w$]*$`)

// variableOf returns the literal that a text gives to the variable that a value names.
func variableOf(text string, v value) (named value, ok bool) {
	name := v.of(text)
	if !variableName.MatchString(name) {
		return named, false
	}
	m := regexp.MustCompile(`(?m)(?:^|\s)` + regexp.QuoteMeta(name) + `(?:\s*:[^=\n]+)?\s*=\s*["'\[({]`).FindStringIndex(text)
	if m == nil {
		return named, false
	}
	return valueAt(text, m[1]-1, expression), true
}

// headerOf is the header about a subject.
var headerOf = map[server.Subject]string{
	server.SubjectOrigins: fetch.HeaderAllowOrigin, server.SubjectMethods: fetch.HeaderAllowMethods, server.SubjectHeaders: fetch.HeaderAllowHeaders,
	server.SubjectExposed: fetch.HeaderExposeHeaders, server.SubjectCredentials: fetch.HeaderAllowCredentials, server.SubjectMaxAge: "Access-Control-Max-Age",
}

// places returns the places where a text says what is allowed about a subject: as an
// option or as a header.
func (n *notation) places(text string, about server.Subject) []place {
	return append(n.optionPlaces(text, about), headerPlaces(text, headerOf[about])...)
}
