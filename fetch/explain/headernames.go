package explain

import (
	"slices"
	"strings"
)

// isAnswersHeader reports whether a name in lower case is that of a header that only
// responses have, so that a page sends it by mistake.
func isAnswersHeader(name string) bool {
	return strings.HasPrefix(name, "access-control-") || strings.HasPrefix(name, "cross-origin-") || slices.Contains(answersHeaders[:], name)
}

var answersHeaders = [...]string{
	"x-frame-options", "strict-transport-security", "content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy",
	"vary", "x-xss-protection", "location", "allow", "server", "x-powered-by", "set-cookie", "etag", "last-modified", "expires", "age",
	"timing-allow-origin", "www-authenticate", "retry-after", "allow-origin", "acces-control-allow-origin", "control-allow-origin",
}

// isOption reports whether a name in lower case is that of an option of fetch(),
// axios or jQuery, which stands among the headers by mistake.
func isOption(name string) bool { return slices.Contains(options[:], name) }

var options = [...]string{
	"mode", "credentials", "withcredentials", "with-credentials", "crossdomain", "cross-domain", "crossorigin", "cors", "method", "body", "data", "params", "headers",
	"responsetype", "response-type", "datatype", "processdata", "contenttype", "redirect", "referrer", "referrerpolicy", "cache", "async", "timeout",
	"url", "baseurl", "type", "enctype", "httpsagent", "rejectunauthorized", "observe", "duplex", "keepalive", "signal",
}

// isLibraryHeader reports whether a name in lower case is that of a header that a
// library in the page adds.
func isLibraryHeader(name string) bool {
	return slices.Contains(libraryHeaders[:], name) ||
		slices.ContainsFunc(libraryPrefixes[:], func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

var libraryHeaders = [...]string{
	"x-requested-with", "cache-control", "pragma", "if-modified-since", "x-csrf-token", "x-xsrf-token", "x-csrftoken", "x-socket-id",
	"traceparent", "tracestate", "baggage", "sentry-trace", "newrelic", "request-id", "request-context", "b3", "uber-trace-id",
	"ngsw-bypass", "apikey", "x-client-info", "x-grpc-web", "x-user-agent", "grpc-timeout", "upgrade-insecure-requests", "user-agent", "x-signalr-user-agent",
	"apollo-require-preflight", "apollographql-client-name", "apollographql-client-version", "x-apollo-operation-name", "rsc", "next-url", "next-router-state-tree",
}

var libraryPrefixes = [...]string{
	"x-datadog-", "x-b3-", "x-amz-", "amz-sdk-", "x-goog-", "x-firebase-", "x-ms-", "x-stainless-", "x-instana-", "x-dtreferer", "x-dtc", "hx-", "x-inertia", "x-livewire", "turbo-", "tus-", "upload-", "x-ijt", "x-parse-",
}
