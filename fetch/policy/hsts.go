package policy

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/textfmt"
	"github.com/corsim/corsim/origin"
)

// HSTS holds the hosts of which a browser knows that they want https: what they sent as
// Strict-Transport-Security, or what the browser's own list says. The key is a host in
// lower case, and the value says whether its subdomains are meant too.
// https://www.rfc-editor.org/rfc/rfc6797
type HSTS map[string]bool

// Set stores what a host has sent as Strict-Transport-Security. The error says what is
// wrong with the value, which browsers ignore then.
// https://www.rfc-editor.org/rfc/rfc6797#section-6.1
func (h HSTS) Set(host, value string) error {
	maxAge, subdomains := "", false
	for directive := range strings.SplitSeq(value, ";") {
		name, argument, _ := strings.Cut(strings.Trim(directive, " \t"), "=")
		switch fetch.ByteLowercase(strings.TrimRight(name, " \t")) {
		case "max-age":
			maxAge = strings.Trim(argument, " \t\"")
		case "includesubdomains":
			subdomains = true
		}
	}
	switch {
	case host == "" || host != fetch.ByteLowercase(host) || strings.ContainsAny(host, ":/ "):
		return textfmt.Errorf("%q is not the name of a host, in lower case and without a port", host)
	case !isDigits(maxAge):
		return textfmt.Errorf("%q has no max-age in seconds, so browsers ignore it", value)
	case strings.Trim(maxAge, "0") == "":
		delete(h, host)
		return nil
	}
	h[host] = subdomains
	return nil
}

// isDigits reports whether a text consists of digits only, one at least.
func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// Upgrades reports whether a browser uses https instead of the scheme of an http URL.
// IP addresses have no such policy.
// https://www.rfc-editor.org/rfc/rfc6797#section-8.3
func (h HSTS) Upgrades(u origin.URL) bool {
	if len(h) == 0 || u.Scheme() != "http" || u.HasIPAddress() {
		return false
	}
	host := u.Host()
	if _, known := h[host]; known {
		return true
	}
	for {
		_, parent, ok := strings.Cut(host, ".")
		if !ok {
			return false
		}
		if h[parent] {
			return true
		}
		host = parent
	}
}
