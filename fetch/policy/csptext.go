package policy

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// otherDirectives are the directives that are not about the URLs of requests.
var otherDirectives = []string{
	"base-uri", "block-all-mixed-content", "form-action", "frame-ancestors", "report-to", "report-uri", "require-trusted-types-for", "sandbox",
	"script-src-attr", "style-src-attr", "treat-as-public-address", "trusted-types", "upgrade-insecure-requests",
}

// sourceDirectives are those of otherDirectives that have a list of sources.
var sourceDirectives = []string{"base-uri", "form-action", "frame-ancestors", "script-src-attr", "style-src-attr"}

// IsDirective reports whether a name, in lower case, is that of a directive.
// https://w3c.github.io/webappsec-csp/#csp-directives
func IsDirective(name string) bool {
	return isFetchDirective(name) || slices.Contains(otherDirectives, name)
}

// HasSources reports whether the value of a directive is a list of sources.
// https://w3c.github.io/webappsec-csp/#grammardef-serialized-source-list
func HasSources(name string) bool {
	return isFetchDirective(name) || slices.Contains(sourceDirectives, name)
}

// isFetchDirective reports whether a directive is about the URLs of requests.
// https://w3c.github.io/webappsec-csp/#directives-fetch
func isFetchDirective(name string) bool {
	for _, names := range fallbacks {
		if slices.Contains(names, name) {
			return true
		}
	}
	return false
}

// sourceKeywords are the sources that are words.
// https://w3c.github.io/webappsec-csp/#grammardef-keyword-source
var sourceKeywords = []string{
	"'self'", "'unsafe-inline'", "'unsafe-eval'", "'strict-dynamic'", "'unsafe-hashes'", "'report-sample'", "'wasm-unsafe-eval'", "'none'",
}

// IsSource reports whether a word is a source expression.
// https://w3c.github.io/webappsec-csp/#grammardef-source-expression
func IsSource(word string) bool {
	if word == "*" || isNonceOrHash(word) || slices.Contains(sourceKeywords, fetch.ByteLowercase(word)) {
		return true
	}
	_, ok := parseSource(word)
	return ok
}

// IsStrictSource reports whether a word is a scheme-source or a host-source to the letter of
// the grammar.
// https://w3c.github.io/webappsec-csp/#grammardef-host-source
func IsStrictSource(word string) bool {
	source, ok := parseSource(word)
	return ok && isStrictPath(source.Path) && !strings.HasSuffix(source.Host, ".")
}

// IgnoredPath returns the path of a source with the query or the fragment that browsers
// ignore in it; "" if it has none.
func IgnoredPath(source string) string {
	_, rest, found := strings.Cut(source, "://")
	if !found {
		rest = source
	}
	slash := strings.IndexByte(rest, '/')
	if slash < 0 || !strings.ContainsAny(rest[slash:], "?#") {
		return ""
	}
	return rest[slash:]
}
