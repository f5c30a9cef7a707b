package policy

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// cspTarget is a URL that is compared with sources.
type cspTarget struct {
	url origin.URL
	// self is what 'self' stands for.
	self origin.Origin
	// redirected reports whether redirects led to the URL. Paths are not compared then.
	redirected bool
	// everywhere reports whether 'self' matches every URL.
	everywhere bool
	// keywordsOnly reports whether hosts and schemes match nothing.
	keywordsOnly bool
	// upgrades reports whether sources for https also match http URLs, because these
	// will be upgraded.
	upgrades bool
}

// matchesList reports whether a URL matches a source list.
// https://w3c.github.io/webappsec-csp/#match-url-to-source-list
func (c *CSP) matchesList(t cspTarget, sources []string) bool {
	// Steps 2 and 3: an empty list, and 'none' alone, match nothing. No source matches 'none'.
	// Step 4: one source is enough.
	for _, source := range sources {
		// WebKit: in default-src, hosts and schemes match nothing beside 'strict-dynamic' (csp-strict-dynamic-alone).
		if t.keywordsOnly && source[0] != '\'' {
			continue
		}
		if c.matchesSource(t, source) {
			return true
		}
	}
	return false
}

// matchesSource reports whether a URL matches a source expression.
// https://w3c.github.io/webappsec-csp/#match-url-to-source-expression
func (c *CSP) matchesSource(t cspTarget, source string) bool {
	scheme := t.url.Scheme()
	// Step 1: the asterisk matches network schemes, and the page's own.
	if source == "*" {
		return t.url.IsHTTP() || isSocketScheme(scheme) || scheme == originScheme(t.self)
	}
	// Step 4: 'self'.
	if source[0] == '\'' {
		return fetch.EqualFold(source, "'self'") && (t.everywhere || matchesSelf(t))
	}
	parsed, ok := parseSource(source)
	// WebKit: an asterisk for the host has no port (csp-star-without-port).
	if !ok || c.StarNeedsNoPort && parsed.scheme == "" && parsed.host == "*" && parsed.port != "" {
		return false
	}
	// Step 2: the scheme.
	if parsed.scheme != "" && !c.matchesScheme(t, parsed.scheme) {
		return false
	}
	if parsed.host == "" {
		return true
	}
	// Step 3: a host, without a scheme in that of the page.
	return (parsed.scheme != "" || c.matchesScheme(t, originScheme(t.self))) && parsed.matchesHost(t)
}

// originScheme returns the scheme of an origin; "" if it is opaque.
func originScheme(o origin.Origin) string {
	if o.IsOpaque() || o.IsZero() {
		return ""
	}
	return o.Scheme()
}

func isSocketScheme(scheme string) bool { return scheme == "ws" || scheme == "wss" }

// cspSource is a scheme-source or a host-source. Its host is empty if it is only a
// scheme.
type cspSource struct{ scheme, host, port, path string }

// parseSource parses a scheme-source or a host-source; ok is false for what is none.
// https://w3c.github.io/webappsec-csp/#grammardef-source-expression
func parseSource(source string) (parsed cspSource, ok bool) {
	rest := source
	if scheme, after, found := strings.Cut(source, ":"); found && isSchemeName(scheme) {
		switch {
		case after == "":
			return cspSource{scheme: fetch.ByteLowercase(scheme)}, true
		case strings.HasPrefix(after, "//"):
			parsed.scheme, rest = fetch.ByteLowercase(scheme), after[len("//"):]
		}
	}
	// Queries and fragments are no part of the grammar. Browsers ignore them.
	rest, _, _ = cutAny(rest, "?#")
	authority := rest
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		authority, parsed.path = rest[:i], rest[i:]
	}
	host, port, hasPort := strings.Cut(authority, ":")
	parsed.host, parsed.port = fetch.ByteLowercase(host), port
	return parsed, isSourceHost(parsed.host) && (!hasPort || port == "*" || isNumber(port))
}

// isSchemeName reports whether a string is a scheme.
func isSchemeName(s string) bool {
	if s == "" || !isAlpha(s[0]) {
		return false
	}
	_, rest := cutWhile(s, func(c byte) bool { return isAlpha(c) || isDigit(c) || strings.IndexByte("+-.", c) >= 0 })
	return rest == ""
}

func isNumber(s string) bool {
	_, rest := cutWhile(s, isDigit)
	return s != "" && rest == ""
}

// isSourceHost reports whether a string is a host-part.
// https://w3c.github.io/webappsec-csp/#grammardef-host-part
func isSourceHost(host string) bool {
	if host == "*" {
		return true
	}
	host = strings.TrimPrefix(host, "*.")
	for label := range strings.SplitSeq(strings.TrimSuffix(host, "."), ".") {
		// Browsers also accept the underscore.
		_, rest := cutWhile(label, func(c byte) bool { return isAlpha(c) || isDigit(c) || c == '-' || c == '_' })
		if label == "" || rest != "" {
			return false
		}
	}
	return true
}

// upgradedSchemes holds the schemes that a source with a scheme also matches.
// https://w3c.github.io/webappsec-csp/#match-schemes
var upgradedSchemes = map[string][]string{
	"http": {"https"},
	"ws":   {"wss", "http", "https"},
	"wss":  {"https"},
}

// matchesScheme reports whether the scheme of a source matches that of a URL.
// https://w3c.github.io/webappsec-csp/#match-schemes
func (c *CSP) matchesScheme(t cspTarget, source string) bool {
	scheme := t.url.Scheme()
	// Firefox: the URL will be upgraded (upgrades-match-secure-sources).
	if source == scheme || t.upgrades && source == "https" && scheme == "http" {
		return true
	}
	for _, also := range upgradedSchemes[source] {
		// Chromium, Firefox: WebSocket sources are for WebSockets (csp-socket-schemes).
		if also == scheme && !(c.SocketSchemesAreTheirOwn && isSocketScheme(source) && !isSocketScheme(scheme)) {
			return true
		}
	}
	return false
}

// matchesHost reports whether a URL has the host, the port and the path of a
// host-source.
func (s *cspSource) matchesHost(t cspTarget) bool {
	// Steps 3.1 and 3.3: the host.
	if !t.url.HasHost() || !matchesHostPart(s.host, t.url) {
		return false
	}
	// Steps 3.4 and 3.5: the port.
	if !s.matchesPort(t.url) {
		return false
	}
	// Step 3.6: the path, but not after a redirect.
	return t.redirected || matchesPath(s.path, t.url.Path())
}

// matchesHostPart compares hosts.
// https://w3c.github.io/webappsec-csp/#match-hosts
func matchesHostPart(pattern string, u origin.URL) bool {
	host := u.Host()
	if pattern == "*" {
		return true
	}
	if suffix, ok := strings.CutPrefix(pattern, "*"); ok {
		return !u.HasIPAddress() && strings.HasSuffix(host, suffix)
	}
	return pattern == host
}

// matchesPort compares ports. Without a port a source has the default port of its
// scheme, and a source for http also matches the default port of https.
// https://w3c.github.io/webappsec-csp/#match-ports
func (s *cspSource) matchesPort(u origin.URL) bool {
	if s.port == "*" {
		return true
	}
	port, explicit := u.Port()
	if s.port == "" {
		return !explicit
	}
	want, err := strconv.ParseUint(s.port, 10, 16)
	if err != nil {
		return false
	}
	if !explicit {
		port, _ = u.EffectivePort()
	}
	// All: port 80 also stands for 443 of a secure URL (csp-ports-upgraded).
	return uint64(port) == want || want == 80 && port == 443 && isSecureScheme(u.Scheme())
}

func isSecureScheme(scheme string) bool { return scheme == "https" || scheme == "wss" }

// matchesPath compares the path of a source with that of a URL: a path that ends in a
// slash stands for all that is below it.
// https://w3c.github.io/webappsec-csp/#match-paths
func matchesPath(pattern, path string) bool {
	// Steps 1 and 2: the empty path, and "/" for a URL without one.
	if pattern == "" || pattern == "/" && path == "" {
		return true
	}
	// Steps 4 to 7: the pieces.
	below := strings.HasSuffix(pattern, "/")
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) > len(got) || !below && len(want) != len(got) {
		return false
	}
	if below {
		want = want[:len(want)-1]
	}
	// Step 8: each piece, decoded.
	for i, piece := range want {
		if origin.PercentDecode(piece) != origin.PercentDecode(got[i]) {
			return false
		}
	}
	return true
}

// matchesSelf reports whether a URL matches 'self': the page's own origin, or the same
// host over a secure scheme.
// https://w3c.github.io/webappsec-csp/#match-url-to-source-expression
func matchesSelf(t cspTarget) bool {
	// Step 4.1: the same origin.
	if t.url.HasOrigin(t.self) {
		return true
	}
	// Step 4.2: the same host and port, or both the default port, over a secure scheme.
	if t.self.IsOpaque() || t.self.IsZero() || !t.url.HasHost() || t.self.Host() != t.url.Host() {
		return false
	}
	port, explicit := t.url.Port()
	selfPort, selfExplicit := t.self.Port()
	if explicit != selfExplicit || port != selfPort {
		return false
	}
	switch t.url.Scheme() {
	case "https", "wss":
		return true
	case "http", "ws":
		return t.self.Scheme() == "http"
	}
	return false
}
