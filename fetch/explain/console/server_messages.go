package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// serverMessages are what servers, their libraries and the services in front of
// them say when they refuse a request for its origin, or when their configuration
// is of no use.
var serverMessages = collected(browser.EngineNone, "a server says it", "the servers' and libraries' sources", []Message{
	// The origin is not on the list.
	refusal("express", "Not allowed by CORS"), refusal("express", "Error: Not allowed by CORS"), refusal("express", "Origin not allowed by CORS"), refusal("express", "Error: Origin {word} not allowed by CORS"),
	refusal("express", "Origin {word} not allowed by CORS"), refusal("express", "CORS not allowed"), refusal("express", "CORS blocked for origin: {word}"), refusal("express", "CORS: Origin {word} not allowed"), refusal("express", "Error: CORS not allowed"),
	refusal("express", "CORS policy: origin not allowed"), refusal("express", "Blocked by CORS"), refusal("express", "Error: Blocked by CORS"), refusal("express", "CORS policy violation"), refusal("express", "Not allowed by CORS policy"),
	refusal("express", "The CORS policy for this site does not allow access from the specified Origin."), refusal("express", "The CORS policy for this origin doesn't allow access from the particular origin[.]"),
	refusal("spring", "Invalid CORS request"), refusal("spring", "Reject: '{word}' origin is not allowed"), refusal("spring", "Rejecting CORS request: {line}"),
	refusal("starlette", "Disallowed CORS origin"), refusal("aspnet", "CORS policy execution failed."), refusal("aspnet", "Request origin {word} does not have permission to access the resource."),
	refusal("aspnet", "No CORS policy found for the specified request."), refusal("aspnet", "The origin '{word}' is not allowed."),
	refusal("rs-cors", "Actual request no headers added: origin '{word}' not allowed"), refusal("rs-cors", "Preflight aborted: origin '{word}' not allowed"), refusal("rs-cors", "origin not allowed"),
	refusal("hapi", "CORS error: Origin not allowed"), refusal("vertx", "CORS Rejected - Invalid origin"), refusal("vertx", "Forbidden: CORS Rejected - Invalid origin"), refusal("tomcat", "CORS origin denied"),
	refusal("helidon", "CORS origin is not in allowed list"), refusal("helidon", "CORS origin is denied"), refusal("micronaut", "CORS request rejected{line}"), refusal("play", "Forbidden: Invalid origin"),
	refusal("fastify", "Not allowed"), refusal("elysia", "CORS Error: Origin not allowed"), refusal("jupyter", "Blocking Cross Origin API request for {line}"), refusal("jupyter", "Cross origin websockets not allowed"),
	refusal("gorilla-websocket", "websocket: request origin not allowed by Upgrader.CheckOrigin"), refusal("actioncable", "Request origin not allowed: {word}"),
	refusal("phoenix", "Could not check origin for Phoenix.Socket transport."), refusal("nhooyr-websocket", "request Origin \"{word}\" is not authorized for Host \"{word}\""), refusal("ktor", "CORS: Origin is not allowed"),
	refusal("elasticsearch", "CORS request is not allowed"), refusal("minio", "CORS request not allowed"), refusal("ollama", "403 Forbidden: origin not allowed"), refusal("couchdb", "Origin {word} not allowed"),

	// The method or a header is not on the list.
	preflightRefusal("starlette", "Disallowed CORS method", fetch.ReasonMethodNotAllowed), preflightRefusal("starlette", "Disallowed CORS headers", fetch.ReasonHeaderNotAllowed),
	preflightRefusal("starlette", "Disallowed CORS origin, method, headers", fetch.ReasonAllowOriginMissing), preflightRefusal("starlette", "Disallowed CORS origin, headers", fetch.ReasonAllowOriginMissing),
	preflightRefusal("starlette", "Disallowed CORS origin, method", fetch.ReasonAllowOriginMissing), preflightRefusal("starlette", "Disallowed CORS method, headers", fetch.ReasonMethodNotAllowed),
	preflightRefusal("starlette", "Disallowed CORS private-network", fetch.ReasonAllowOriginMissing),
	preflightRefusal("rs-cors", "Preflight aborted: method '{word}' not allowed", fetch.ReasonMethodNotAllowed), preflightRefusal("rs-cors", "Preflight aborted: headers '{value}' not allowed", fetch.ReasonHeaderNotAllowed),
	preflightRefusal("aspnet", "Request method {word} not allowed in CORS policy.", fetch.ReasonMethodNotAllowed), preflightRefusal("aspnet", "Request header '{word}' not allowed in CORS policy.", fetch.ReasonHeaderNotAllowed),
	preflightRefusal("hapi", "CORS error: Some headers are not allowed", fetch.ReasonHeaderNotAllowed), preflightRefusal("hapi", "CORS error: Missing Access-Control-Request-Method header", fetch.ReasonPreflightStatus),
	preflightRefusal("vertx", "CORS Rejected - Invalid method", fetch.ReasonMethodNotAllowed), preflightRefusal("spring", "Reject: HTTP '{word}' is not allowed", fetch.ReasonMethodNotAllowed),
	preflightRefusal("spring", "Reject: headers '{value}' are not allowed", fetch.ReasonHeaderNotAllowed), preflightRefusal("fastify", "Invalid Preflight Request", fetch.ReasonPreflightStatus),
	preflightRefusal("express", "Cannot OPTIONS {word}", fetch.ReasonPreflightStatus), preflightRefusal("fastify", "Route OPTIONS:{word} not found", fetch.ReasonPreflightStatus),
	preflightRefusal("go", "405 method not allowed", fetch.ReasonPreflightStatus),

	// Configurations that libraries refuse.
	setup("spring", `When allowCredentials is true, allowedOrigins cannot contain the special value "*" since that cannot be set on the "Access-Control-Allow-Origin" response header.{line}`),
	setup("aspnet", "The CORS protocol does not allow specifying a wildcard (any) origin and credentials at the same time.{line}"),
	setup("fiber", "[CORS] Insecure setup, 'AllowCredentials' is set to true, and 'AllowOrigins' is set to a wildcard."), setup("gin-contrib", "conflict settings: all origins are allowed. AllowOrigins is not needed"),
	setup("gin-contrib", "conflict settings: all origins disabled"), setup("gin-contrib", "bad origin: origins must contain '*' or include {line}"), setup("gin-contrib", "conflict settings: all origins enabled. {line}"),
	setup("django-cors-headers", "(corsheaders.E{word} {line}"), setup("nestjs", "Cannot use wildcard in Access-Control-Allow-Origin when credentials is true"),
	setup("rack-cors", "Rack::Cors::CorsMisconfigurationError: Allowing credentials for wildcard origins is insecure.{line}"), setup("rack-cors", "Allowing credentials for wildcard origins is insecure.{line}"),

	// Forgery protection, host checks and proxies of development servers.
	{Code: "django", Topic: TopicForgery, Text: "CSRF verification failed. Request aborted."}, {Code: "django", Topic: TopicForgery, Text: "CSRF Failed: {line}"}, {Code: "django", Topic: TopicForgery, Text: "Origin checking failed - {word} does not match any trusted origins."},
	{Code: "django", Topic: TopicForgery, Text: "Referer checking failed - {line}"}, {Code: "rails", Topic: TopicForgery, Text: "HTTP Origin header ({word}) didn't match request.base_url ({word})"},
	{Code: "rails", Topic: TopicForgery, Text: "ActionController::InvalidAuthenticityToken"}, {Code: "rails", Topic: TopicForgery, Text: "Can't verify CSRF token authenticity[.]"}, {Code: "laravel", Topic: TopicForgery, Text: "CSRF token mismatch[.]"},
	{Code: "flask", Topic: TopicForgery, Text: "The CSRF token is missing."}, {Code: "csurf", Topic: TopicForgery, Text: "invalid csrf token"}, {Code: "sveltekit", Topic: TopicForgery, Text: "Cross-site POST form submissions are forbidden"},
	{Code: "next", Topic: TopicForgery, Text: "Invalid Server Actions request[.]"}, {Code: "next", Topic: TopicForgery, Text: "`x-forwarded-host` header with value `{word}` does not match `origin` header with value `{word}` from a forwarded Server Actions request. Aborting the action."},
	{Code: "go", Topic: TopicForgery, Text: "cross-origin request detected{line}"}, {Code: "next", Topic: TopicHostCheck, Text: "Blocked cross-origin request from {word} to {line}"},
	{Code: "next", Topic: TopicHostCheck, Text: "Cross origin request detected from {word} to {line}"}, {Code: "vite", Topic: TopicHostCheck, Text: "Blocked request. This host (\"{word}\") is not allowed."},
	{Code: "vite", Topic: TopicHostCheck, Text: "Blocked request. This host ({word}) is not allowed."}, {Code: "webpack", Topic: TopicHostCheck, Text: "Invalid Host header"}, {Code: "webpack", Topic: TopicHostCheck, Text: "Invalid Host/Origin header"},
	{Code: "rails", Topic: TopicHostCheck, Text: "Blocked host[s]: {word}"}, {Code: "django", Topic: TopicHostCheck, Text: "DisallowedHost at {word}"}, {Code: "django", Topic: TopicHostCheck, Text: "Invalid HTTP_HOST header: '{word}'.{line}"},
	{Code: "create-react-app", Topic: TopicProxy, Text: "Proxy error: Could not proxy request {line}"}, {Code: "webpack", Topic: TopicProxy, Text: "[HPM] Error occurred while {line}"}, {Code: "vite", Topic: TopicProxy, Text: "[vite] http proxy error: {line}"},
	{Code: "create-react-app", Topic: TopicProxy, Text: "Error occurred while trying to proxy{line}"}, {Code: "cors-anywhere", Topic: TopicProxy, Text: "See /corsdemo for more info"},
	{Code: "cors-anywhere", Topic: TopicProxy, Text: "Missing required request header. Must specify one of: origin,x-requested-with"},

	// Services.
	{Code: "s3", Topic: TopicStorageService, Text: "CORSResponse: CORS is not enabled for this bucket."}, {Code: "s3", Topic: TopicStorageService, Text: "CORSResponse: This CORS request is not allowed.{line}"},
	{Code: "s3", Topic: TopicStorageService, Text: "CORSResponse: Bucket not found"}, {Code: "s3", Topic: TopicStorageService, Text: "Insufficient information. Origin request header needed."},
	{Code: "s3", Topic: TopicStorageService, Text: "Invalid Access-Control-Request-Method: {word}"},
	{Code: "azure-storage", Topic: TopicStorageService, Text: "CORS not enabled or no matching rule found for this request."}, {Code: "azure-storage", Topic: TopicStorageService, Text: "CorsPreflightFailure"},
	{Code: "aws-api-gateway", Topic: TopicGateway, Text: `"message":"Missing Authentication Token"`}, {Code: "aws-api-gateway", Topic: TopicGateway, Text: "Missing Authentication Token"},
	{Code: "aws-api-gateway", Topic: TopicGateway, Text: `"message":"Forbidden"`}, {Code: "aws-api-gateway", Topic: TopicGateway, Text: `"message":"Unauthorized"`}, {Code: "aws-api-gateway", Topic: TopicGateway, Text: `"message": "Internal server error"`},
	{Code: "azure-api-management", Topic: TopicGateway, Text: "Access denied due to missing subscription key.{line}"}, {Code: "kong", Topic: TopicGateway, Text: "No API key found in request"}, {Code: "kong", Topic: TopicGateway, Text: "no Route matched with those values"},
	{Code: "google-sign-in", Topic: TopicAppRegistration, Text: "The given origin is not allowed for the given client ID."}, {Code: "google-sign-in", Topic: TopicAppRegistration, Text: "Not a valid origin for the client: {word} has not been registered for client ID {line}"},
	{Code: "google-sign-in", Topic: TopicAppRegistration, Text: "Error 400: origin_mismatch"}, {Code: "google-sign-in", Topic: TopicAppRegistration, Text: "idpiframe_initialization_failed"}, {Code: "google-maps", Topic: TopicAppRegistration, Text: "RefererNotAllowedMapError"},
	{Code: "google-api", Topic: TopicAppRegistration, Text: "Requests from referer {word} are blocked."}, {Code: "microsoft", Topic: TopicAppRegistration, Text: "AADSTS9002326: Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.{line}"},
	{Code: "microsoft", Topic: TopicAppRegistration, Text: "AADSTS9002326{line}"}, {Code: "okta", Topic: TopicAppRegistration, Text: "CORS is not enabled for the origin {line}"},
	{Code: "firebase", Topic: TopicAppRegistration, Text: "auth/unauthorized-domain"}, {Code: "keycloak", Topic: TopicAppRegistration, Text: "Invalid CORS origin{line}"},
})

// refusal is what a server says to an origin that it does not allow.
func refusal(library, text string) Message {
	return Message{Code: library, Text: text, Topic: TopicOriginRefused}
}

// preflightRefusal is what a server says to a preflight that it does not allow.
func preflightRefusal(library, text string, reason fetch.Reason) Message {
	return Message{Code: library, Text: text, Topic: TopicPreflightDenied, Preflight: true, Reasons: because(reason)}
}

// setup is what a library says of a configuration that it does not take.
func setup(library, text string) Message {
	return Message{Code: library, Text: text, Topic: TopicLibrarySetup}
}

// What the messages of Internet Explorer say.
var (
	headerDenied   = because(fetch.ReasonHeaderNotAllowed)
	methodDenied   = because(fetch.ReasonMethodNotAllowed)
	wildcardDenied = because(fetch.ReasonModeSameOrigin)
	schemeDenied   = because(fetch.ReasonPreflightRedirect)
)
