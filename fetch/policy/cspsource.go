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
	// scheme and host are those of the URL.
	scheme, host string
	// self is what 'self' stands for.
	self origin.Origin
	// redirected reports whether redirects led to the URL. Paths are not compared then.
	redirected bool
	// everywhere reports whether 'self' matches every URL.
	everywhere bool
	// starOnly reports whether all sources but the asterisk match nothing.
	starOnly bool
	// upgrades reports whether sources for https also match http URLs, because these
	// will be upgraded.
	upgrades bool
}

// newCSPTarget returns a URL to compare with the sources of a document.
func newCSPTarget(u origin.URL, self origin.Origin) cspTarget {
	return cspTarget{url: u, scheme: u.Scheme(), host: u.Host(), self: self}
}

// matchesList reports whether a URL matches the source list of a directive.
// https://w3c.github.io/webappsec-csp/#match-url-to-source-list
func (c *CSP) matchesList(t *cspTarget, d *fetch.CSPDirective) bool {
	sources := sourcesOf(d)
	// Steps 2 and 3: an empty list, and 'none' alone, match nothing. No source matches 'none'.
	// Step 4: one source is enough.
	for i, word := range d.Values {
		// WebKit: in default-src, only the asterisk matches beside 'strict-dynamic' (csp-strict-dynamic-alone).
		if t.starOnly && word != "*" {
			continue
		}
		if c.matchesSource(t, word, &sources[i]) {
			return true
		}
	}
	return false
}

// sourcesOf returns the sources of a directive, one for each value.
func sourcesOf(d *fetch.CSPDirective) []fetch.CSPSource {
	if len(d.Sources) == len(d.Values) {
		return d.Sources
	}
	return parseSources(d.Values)
}

// matchesSource reports whether a URL matches a source expression, which is a word of a
// directive.
// https://w3c.github.io/webappsec-csp/#match-url-to-source-expression
func (c *CSP) matchesSource(t *cspTarget, word string, source *fetch.CSPSource) bool {
	// Step 1: the asterisk matches network schemes, and the page's own.
	if word == "*" {
		return t.url.IsHTTP() || isSocketScheme(t.scheme) || t.scheme == originScheme(t.self)
	}
	// Step 4: 'self'.
	if word[0] == '\'' {
		return fetch.EqualFold(word, "'self'") && (t.everywhere || matchesSelf(t))
	}
	if source.Scheme == "" && source.Host == "" {
		return false
	}
	// WebKit: an asterisk for the host has no port (csp-star-without-port).
	if c.StarNeedsNoPort && source.Scheme == "" && source.Host == "*" && source.Port != "" {
		return false
	}
	// Step 2: the scheme.
	if source.Scheme != "" && !c.matchesScheme(t, source.Scheme) {
		return false
	}
	if source.Host == "" {
		return true
	}
	// Step 3: a host, without a scheme in that of the page.
	return (source.Scheme != "" || c.matchesScheme(t, originScheme(t.self))) && c.matchesHost(source, t)
}

// originScheme returns the scheme of an origin; "" if it is opaque.
func originScheme(o origin.Origin) string {
	if o.IsOpaque() || o.IsZero() {
		return ""
	}
	return o.Scheme()
}

func isSocketScheme(scheme string) bool { return scheme == "ws" || scheme == "wss" }

// parseSources returns what the words of a source list say, one for each word.
func parseSources(words []string) []fetch.CSPSource {
	if len(words) == 0 {
		return nil
	}
	sources := make([]fetch.CSPSource, len(words))
	for i, word := range words {
		if source, ok := parseSource(word); ok {
			sources[i] = source
		}
	}
	return sources
}

// parseSource parses a scheme-source or a host-source; ok is false for what is none.
// https://w3c.github.io/webappsec-csp/#grammardef-source-expression
func parseSource(word string) (source fetch.CSPSource, ok bool) {
	rest := word
	if scheme, after, found := strings.Cut(word, ":"); found && isSchemeName(scheme) {
		switch {
		case after == "":
			return fetch.CSPSource{Scheme: fetch.ByteLowercase(scheme)}, true
		case strings.HasPrefix(after, "//"):
			source.Scheme, rest = fetch.ByteLowercase(scheme), after[len("//"):]
		}
	}
	// Queries and fragments are no part of the grammar. Browsers ignore them.
	rest, _, _ = cutAny(rest, "?#")
	authority := rest
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		authority, source.Path = rest[:i], rest[i:]
	}
	host, port, hasPort := strings.Cut(authority, ":")
	source.Host, source.Port = fetch.ByteLowercase(host), port
	return source, isSourceHost(source.Host) && (!hasPort || port == "*" || isNumber(port))
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
		_, rest := cutWhile(label, func(c byte) bool { return isAlpha(c) || isDigit(c) || c == '-' })
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
func (c *CSP) matchesScheme(t *cspTarget, source string) bool {
	// Firefox: the URL will be upgraded (upgrades-match-secure-sources).
	if source == t.scheme || t.upgrades && source == "https" && t.scheme == "http" {
		return true
	}
	for _, also := range upgradedSchemes[source] {
		// Chromium, Firefox: WebSocket sources are for WebSockets (csp-socket-schemes).
		if also == t.scheme && !(c.SocketSchemesAreTheirOwn && isSocketScheme(source) && !isSocketScheme(t.scheme)) {
			return true
		}
	}
	return false
}

// matchesHost reports whether a URL has the host, the port and the path of a
// host-source.
func (c *CSP) matchesHost(s *fetch.CSPSource, t *cspTarget) bool {
	// Firefox: such a source is malformed (csp-paths-strict).
	if c.StrictPaths && !isStrictPath(s.Path) {
		return false
	}
	// Steps 3.1 and 3.3: the host.
	if !matchesHostPart(s.Host, t) {
		return false
	}
	// Steps 3.4 and 3.5: the port.
	if !matchesPort(s, &t.url) || c.UpgradeTogether && !upgradesTogether(s, t) {
		return false
	}
	// Step 3.6: the path, but not after a redirect.
	return t.redirected || c.matchesPath(s.Path, t.url.Path())
}

// upgradesTogether reports whether the scheme and the port of a source are both upgraded to
// those of a URL, or neither is. A source without port, or with an asterisk, has every
// upgrade.
func upgradesTogether(s *fetch.CSPSource, t *cspTarget) bool {
	if s.Port == "" || s.Port == "*" {
		return true
	}
	scheme := s.Scheme
	if scheme == "" {
		scheme = originScheme(t.self)
	}
	port, explicit := t.url.Port()
	if !explicit {
		if port, _ = t.url.EffectivePort(); s.Port == strconv.Itoa(int(port)) {
			return true
		}
	}
	portUpgraded := s.Port == "80" && port == 443
	return (scheme != t.scheme) == portUpgraded
}

// isStrictPath reports whether a path is one by its grammar.
// https://www.rfc-editor.org/rfc/rfc3986#section-3.3
func isStrictPath(path string) bool {
	for i := range len(path) {
		if path[i] == '%' && (i+2 >= len(path) || !isHex(path[i+1]) || !isHex(path[i+2])) {
			return false
		}
	}
	return !strings.HasPrefix(path, "//")
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

// matchesHostPart compares hosts.
// https://w3c.github.io/webappsec-csp/#match-hosts
func matchesHostPart(pattern string, t *cspTarget) bool {
	if pattern[0] != '*' {
		return pattern == t.host
	}
	// An asterisk alone is every host; before a dot it is every subdomain, but no address.
	suffix := pattern[1:]
	return strings.HasSuffix(t.host, suffix) && t.url.HasHost() && (suffix == "" || !t.url.HasIPAddress())
}

// matchesPort compares ports. Without a port a source has the default port of its
// scheme, and a source for http also matches the default port of https.
// https://w3c.github.io/webappsec-csp/#match-ports
func matchesPort(s *fetch.CSPSource, u *origin.URL) bool {
	if s.Port == "*" {
		return true
	}
	port, explicit := u.Port()
	if s.Port == "" {
		return !explicit
	}
	want, err := strconv.ParseUint(s.Port, 10, 16)
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
func (c *CSP) matchesPath(pattern, path string) bool {
	// Chromium, Firefox: an encoded slash is one (csp-paths-decoded-whole).
	if c.PathsDecodedWhole {
		pattern, path = origin.PercentDecode(pattern), origin.PercentDecode(path)
	}
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
		if piece != got[i] && (c.PathsDecodedWhole || origin.PercentDecode(piece) != origin.PercentDecode(got[i])) {
			return false
		}
	}
	return true
}

// matchesSelf reports whether a URL matches 'self': the page's own origin, or the same
// host over a secure scheme.
// https://w3c.github.io/webappsec-csp/#match-url-to-source-expression
func matchesSelf(t *cspTarget) bool {
	// Step 4.1: the same origin.
	if t.url.HasOrigin(t.self) {
		return true
	}
	// Step 4.2: the same host and port, or both the default port, over a secure scheme.
	if t.self.IsOpaque() || t.self.IsZero() || !t.url.HasHost() || t.self.Host() != t.host {
		return false
	}
	port, explicit := t.url.Port()
	selfPort, selfExplicit := t.self.Port()
	if explicit != selfExplicit || port != selfPort {
		return false
	}
	switch t.scheme {
	case "https", "wss":
		return true
	case "http", "ws":
		return t.self.Scheme() == "http"
	}
	return false
}
