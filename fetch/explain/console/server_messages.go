package console

import (
	"github.com/corsim/corsim/fetch"
)

// serverMessages are what servers, their libraries and the services in front of
// them say when they refuse a request for its origin, or when their configuration
// is of no use.
var serverMessages = []Message{
	// The origin is not on the list.
	{Code: "express", Topic: TopicOriginRefused, Text: "Not allowed by CORS"}, {Code: "express", Topic: TopicOriginRefused, Text: "Error: Not allowed by CORS"}, {Code: "express", Topic: TopicOriginRefused, Text: "Origin not allowed by CORS"}, {Code: "express", Topic: TopicOriginRefused, Text: "Error: Origin {word} not allowed by CORS"},
	{Code: "express", Topic: TopicOriginRefused, Text: "Origin {word} not allowed by CORS"}, {Code: "express", Topic: TopicOriginRefused, Text: "CORS not allowed"}, {Code: "express", Topic: TopicOriginRefused, Text: "CORS blocked for origin: {word}"}, {Code: "express", Topic: TopicOriginRefused, Text: "CORS: Origin {word} not allowed"}, {Code: "express", Topic: TopicOriginRefused, Text: "Error: CORS not allowed"},
	{Code: "express", Topic: TopicOriginRefused, Text: "CORS policy: origin not allowed"}, {Code: "express", Topic: TopicOriginRefused, Text: "Blocked by CORS"}, {Code: "express", Topic: TopicOriginRefused, Text: "Error: Blocked by CORS"}, {Code: "express", Topic: TopicOriginRefused, Text: "CORS policy violation"}, {Code: "express", Topic: TopicOriginRefused, Text: "Not allowed by CORS policy"},
	{Code: "express", Topic: TopicOriginRefused, Text: "The CORS policy for this site does not allow access from the specified Origin."}, {Code: "express", Topic: TopicOriginRefused, Text: "The CORS policy for this origin doesn't allow access from the particular origin[.]"},
	{Code: "spring", Topic: TopicOriginRefused, Text: "Invalid CORS request"}, {Code: "spring", Topic: TopicOriginRefused, Text: "Reject: '{word}' origin is not allowed"}, {Code: "spring", Topic: TopicOriginRefused, Text: "Rejecting CORS request: {line}"},
	{Code: "starlette", Topic: TopicOriginRefused, Text: "Disallowed CORS origin"}, {Code: "aspnet", Topic: TopicOriginRefused, Text: "CORS policy execution failed."}, {Code: "aspnet", Topic: TopicOriginRefused, Text: "Request origin {word} does not have permission to access the resource."},
	{Code: "aspnet", Topic: TopicOriginRefused, Text: "No CORS policy found for the specified request."}, {Code: "aspnet", Topic: TopicOriginRefused, Text: "The origin '{word}' is not allowed."},
	{Code: "rs-cors", Topic: TopicOriginRefused, Text: "Actual request no headers added: origin '{word}' not allowed"}, {Code: "rs-cors", Topic: TopicOriginRefused, Text: "Preflight aborted: origin '{word}' not allowed"}, {Code: "rs-cors", Topic: TopicOriginRefused, Text: "origin not allowed"},
	{Code: "hapi", Topic: TopicOriginRefused, Text: "CORS error: Origin not allowed"}, {Code: "vertx", Topic: TopicOriginRefused, Text: "CORS Rejected - Invalid origin"}, {Code: "vertx", Topic: TopicOriginRefused, Text: "Forbidden: CORS Rejected - Invalid origin"}, {Code: "tomcat", Topic: TopicOriginRefused, Text: "CORS origin denied"},
	{Code: "helidon", Topic: TopicOriginRefused, Text: "CORS origin is not in allowed list"}, {Code: "helidon", Topic: TopicOriginRefused, Text: "CORS origin is denied"}, {Code: "micronaut", Topic: TopicOriginRefused, Text: "CORS request rejected{line}"}, {Code: "play", Topic: TopicOriginRefused, Text: "Forbidden: Invalid origin"},
	{Code: "fastify", Topic: TopicOriginRefused, Text: "Not allowed"}, {Code: "elysia", Topic: TopicOriginRefused, Text: "CORS Error: Origin not allowed"}, {Code: "jupyter", Topic: TopicOriginRefused, Text: "Blocking Cross Origin API request for {line}"}, {Code: "jupyter", Topic: TopicOriginRefused, Text: "Cross origin websockets not allowed"},
	{Code: "gorilla-websocket", Topic: TopicOriginRefused, Text: "websocket: request origin not allowed by Upgrader.CheckOrigin"}, {Code: "actioncable", Topic: TopicOriginRefused, Text: "Request origin not allowed: {word}"},
	{Code: "phoenix", Topic: TopicOriginRefused, Text: "Could not check origin for Phoenix.Socket transport."}, {Code: "nhooyr-websocket", Topic: TopicOriginRefused, Text: "request Origin \"{word}\" is not authorized for Host \"{word}\""}, {Code: "ktor", Topic: TopicOriginRefused, Text: "CORS: Origin is not allowed"},
	{Code: "elasticsearch", Topic: TopicOriginRefused, Text: "CORS request is not allowed"}, {Code: "minio", Topic: TopicOriginRefused, Text: "CORS request not allowed"}, {Code: "ollama", Topic: TopicOriginRefused, Text: "403 Forbidden: origin not allowed"}, {Code: "couchdb", Topic: TopicOriginRefused, Text: "Origin {word} not allowed"},

	// The method or a header is not on the list.
	{Code: "starlette", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed}, Text: "Disallowed CORS method"}, {Code: "starlette", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed}, Text: "Disallowed CORS headers"},
	{Code: "starlette", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonAllowOriginMissing}, Text: "Disallowed CORS origin, method, headers"}, {Code: "starlette", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonAllowOriginMissing}, Text: "Disallowed CORS origin, headers"},
	{Code: "starlette", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonAllowOriginMissing}, Text: "Disallowed CORS origin, method"}, {Code: "starlette", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed}, Text: "Disallowed CORS method, headers"},
	{Code: "starlette", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonAllowOriginMissing}, Text: "Disallowed CORS private-network"},
	{Code: "rs-cors", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed}, Text: "Preflight aborted: method '{word}' not allowed"}, {Code: "rs-cors", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed}, Text: "Preflight aborted: headers '{value}' not allowed"},
	{Code: "aspnet", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed}, Text: "Request method {word} not allowed in CORS policy."}, {Code: "aspnet", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed}, Text: "Request header '{word}' not allowed in CORS policy."},
	{Code: "hapi", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed}, Text: "CORS error: Some headers are not allowed"}, {Code: "hapi", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonPreflightStatus}, Text: "CORS error: Missing Access-Control-Request-Method header"},
	{Code: "vertx", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed}, Text: "CORS Rejected - Invalid method"}, {Code: "spring", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonMethodNotAllowed}, Text: "Reject: HTTP '{word}' is not allowed"},
	{Code: "spring", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonHeaderNotAllowed}, Text: "Reject: headers '{value}' are not allowed"}, {Code: "fastify", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonPreflightStatus}, Text: "Invalid Preflight Request"},
	{Code: "express", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonPreflightStatus}, Text: "Cannot OPTIONS {word}"}, {Code: "fastify", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonPreflightStatus}, Text: "Route OPTIONS:{word} not found"},
	{Code: "go", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonPreflightStatus}, Text: "405 method not allowed"},
	{Code: "django-rest-framework", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonPreflightStatus}, Text: `Method "OPTIONS" not allowed.`},
	{Code: "django-rest-framework", Topic: TopicPreflightDenied, Preflight: true, Reasons: []fetch.Reason{fetch.ReasonPreflightStatus}, Text: `Method \"OPTIONS\" not allowed.`},

	// Configurations that libraries refuse.
	{Code: "spring", Topic: TopicLibrarySetup, Text: `When allowCredentials is true, allowedOrigins cannot contain the special value "*" since that cannot be set on the "Access-Control-Allow-Origin" response header.{line}`},
	{Code: "aspnet", Topic: TopicLibrarySetup, Text: "The CORS protocol does not allow specifying a wildcard (any) origin and credentials at the same time.{line}"},
	{Code: "fiber", Topic: TopicLibrarySetup, Text: "[CORS] Insecure setup, 'AllowCredentials' is set to true, and 'AllowOrigins' is set to a wildcard."}, {Code: "gin-contrib", Topic: TopicLibrarySetup, Text: "conflict settings: all origins are allowed. AllowOrigins is not needed"},
	{Code: "gin-contrib", Topic: TopicLibrarySetup, Text: "conflict settings: all origins disabled"}, {Code: "gin-contrib", Topic: TopicLibrarySetup, Text: "bad origin: origins must contain '*' or include {line}"}, {Code: "gin-contrib", Topic: TopicLibrarySetup, Text: "conflict settings: all origins enabled. {line}"},
	{Code: "django-cors-headers", Topic: TopicLibrarySetup, Text: "(corsheaders.E{word} {line}"}, {Code: "nestjs", Topic: TopicLibrarySetup, Text: "Cannot use wildcard in Access-Control-Allow-Origin when credentials is true"},
	{Code: "rack-cors", Topic: TopicLibrarySetup, Text: "Rack::Cors::CorsMisconfigurationError: Allowing credentials for wildcard origins is insecure.{line}"}, {Code: "rack-cors", Topic: TopicLibrarySetup, Text: "Allowing credentials for wildcard origins is insecure.{line}"},

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
}

// What the messages of Internet Explorer say.
var (
	headerDenied   = []fetch.Reason{fetch.ReasonHeaderNotAllowed}
	methodDenied   = []fetch.Reason{fetch.ReasonMethodNotAllowed}
	wildcardDenied = []fetch.Reason{fetch.ReasonModeSameOrigin}
	schemeDenied   = []fetch.Reason{fetch.ReasonPreflightRedirect}
)
