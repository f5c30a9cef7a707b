package cookie

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/textfmt"
	"github.com/corsim/corsim/origin"
)

// maxCookie is the maximum length in bytes of a cookie's name and value
// together.
const maxCookie = 4096

// store parses the value of a Set-Cookie header and stores its cookie. The error
// says why the cookie was refused.
// https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html#name-store-a-cookie
func (w *writer) store(u origin.URL, value string, c Context) error {
	parsed, err := ParseSetCookie(u, value, c.now)
	if err != nil {
		return err
	}
	k := stored{Cookie: parsed}
	if k.Partitioned || c.partitioned {
		k.partition = c.partition
	}
	if err := k.check(u, c); err != nil {
		return err
	}
	if !k.Secure && !u.IsPotentiallyTrustworthy() && w.overlaysSecure(&k, u) {
		return errors.New("it would be before a Secure cookie")
	}
	w.put(k, c)
	return nil
}

// ParseSetCookie parses the value of a Set-Cookie header that came from a URL
// at a time. The error says why the value is not a cookie; [Jar.Set] decides
// whether the cookie may be stored.
// https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html#name-parse-a-cookie
func ParseSetCookie(u origin.URL, value string, now time.Time) (Cookie, error) {
	parts := strings.Split(value, ";")
	k, err := parsePair(parts[0])
	if err != nil {
		return Cookie{}, err
	}
	if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
		return Cookie{}, errors.New("a control character")
	}
	k.Domain, k.HostOnly, k.Path = u.Host(), true, defaultPath(u.Path())
	var maxAge, expires time.Time
	for _, part := range parts[1:] {
		attribute, value, _ := strings.Cut(part, "=")
		value = trimBlank(value)
		switch attribute = fetch.ByteLowercase(trimBlank(attribute)); attribute {
		case "max-age":
			if t, ok := parseMaxAge(value, now); ok {
				maxAge = t
			}
		case "expires":
			if t, ok := parseDate(value); ok {
				expires = t
			}
		default:
			k.setAttribute(attribute, value)
		}
	}
	// Max-Age takes precedence over Expires, in any order.
	if k.Expires = expires; !maxAge.IsZero() {
		k.Expires = maxAge
	}
	return k, nil
}

// parsePair parses a cookie's name and value.
func parsePair(pair string) (Cookie, error) {
	name, value, found := strings.Cut(pair, "=")
	if !found {
		name, value = "", pair
	}
	k := Cookie{Name: trimBlank(name), Value: trimBlank(value)}
	switch {
	case k.Name == "" && k.Value == "":
		return k, errors.New("neither a name nor a value")
	case len(k.Name)+len(k.Value) > maxCookie:
		return k, textfmt.Errorf("name and value are longer than %d bytes", maxCookie)
	}
	return k, nil
}

// parseMaxAge parses a number of seconds from now. A lifetime of more than a
// century counts as a century.
func parseMaxAge(value string, now time.Time) (t time.Time, ok bool) {
	digits := strings.TrimPrefix(value, "-")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return time.Time{}, false
	}
	const century = 100 * 365 * 86400
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n > century {
		n = century
	}
	if len(digits) < len(value) {
		n = 0
	}
	return now.Add(time.Duration(n) * time.Second), true
}

// setAttribute sets one attribute; it ignores unknown attributes.
func (k *Cookie) setAttribute(name, value string) {
	switch name {
	case "domain":
		if d := fetch.ByteLowercase(strings.TrimPrefix(value, ".")); d != "" {
			k.Domain, k.HostOnly = d, false
		}
	case "path":
		if strings.HasPrefix(value, "/") {
			k.Path = value
		}
	case "secure":
		k.Secure = true
	case "partitioned":
		k.Partitioned = true
	case "httponly":
		k.HTTPOnly = true
	case "samesite":
		k.SameSite = ParseSameSite(value)
	}
}

// check returns why a cookie may not be stored.
func (k *Cookie) check(u origin.URL, c Context) error {
	p := c.policy
	switch {
	case !k.HostOnly && !domainMatch(u, k.Domain):
		return textfmt.Errorf("domain %q does not contain the host", k.Domain)
	case !k.HostOnly && isPublicSuffix(k.Domain) && k.Domain != u.Host():
		return textfmt.Errorf("domain %q is a public suffix", k.Domain)
	case k.Secure && !p.isSecure(u):
		return errors.New("a Secure cookie from an insecure URL")
	case k.Partitioned && (c.partition != "" || c.partitioned) && !k.Secure:
		return errors.New("the attribute Partitioned without Secure")
	case k.SameSite == SameSiteUnset && p.LaxByDefault && !c.sameSite:
		return errors.New("a cookie without SameSite in a cross-site response")
	case (k.SameSite == SameSiteLax || k.SameSite == SameSiteStrict) && !c.sameSite:
		return errors.New("a SameSite cookie in a cross-site response")
	}
	if err := k.checkPrefix(); err != nil && !p.NoPrefixes {
		return err
	}
	return p.refuses(k, c.page)
}

// checkPrefix returns why a cookie may not have its name, whose prefix promises
// how the cookie was set.
// https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html#name-cookie-name-prefixes
func (k *Cookie) checkPrefix() error {
	switch {
	case k.Name == "" && (hasPrefixFold(k.Value, "__Secure-") || hasPrefixFold(k.Value, "__Host-")):
		return errors.New("a prefix in a value without a name")
	case hasPrefixFold(k.Name, "__Secure-") && !k.Secure:
		return errors.New("the prefix __Secure- without Secure")
	case hasPrefixFold(k.Name, "__Host-") && !(k.Secure && k.HostOnly && k.Path == "/"):
		return errors.New("the prefix __Host- without Secure and Path=/, or with Domain")
	}
	return nil
}

// isPublicSuffix reports whether a domain is a public suffix.
func isPublicSuffix(domain string) bool {
	o, err := origin.ParseOrigin("https://" + domain)
	if err != nil {
		return false
	}
	_, ok := o.RegistrableDomain()
	return !ok
}

// defaultPath returns the path of a cookie without a Path attribute.
// https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html#name-cookie-default-path
func defaultPath(path string) string {
	i := strings.LastIndexByte(path, '/')
	if i <= 0 {
		return "/"
	}
	return path[:i]
}

func trimBlank(s string) string { return strings.Trim(s, " \t") }

// hasPrefixFold reports whether a string begins with a prefix in any case.
func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && fetch.EqualFold(s[:len(prefix)], prefix)
}
