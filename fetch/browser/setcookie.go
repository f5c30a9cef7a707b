package browser

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/corsim/corsim/origin"
)

// maxCookie is how many bytes a cookie's name and value may have together.
const maxCookie = 4096

// store parses a Set-Cookie header and stores its cookie. The error says why a
// cookie was refused.
// https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html
func (w *cookieWriter) store(u origin.URL, set string, c cookieContext) error {
	k, err := parseSetCookie(u, set, c)
	if err != nil {
		return err
	}
	if err := k.check(u, c); err != nil {
		return err
	}
	if !k.secure && !u.IsPotentiallyTrustworthy() && w.hasSecure(k, u) {
		return errors.New("it would stand before a Secure cookie")
	}
	w.put(k, c)
	return nil
}

// parseSetCookie reads the name, the value and the attributes.
func parseSetCookie(u origin.URL, set string, c cookieContext) (cookie, error) {
	parts := strings.Split(set, ";")
	name, value, found := strings.Cut(parts[0], "=")
	if !found {
		name, value = "", parts[0]
	}
	k := cookie{
		name: trimBlank(name), value: trimBlank(value),
		domain: u.Host(), hostOnly: true, path: defaultCookiePath(u.Path()),
	}
	if c.apart {
		k.partition = c.partition
	}
	if k.name == "" && k.value == "" {
		return k, errors.New("neither a name nor a value")
	}
	if len(k.name)+len(k.value) > maxCookie {
		return k, fmt.Errorf("name and value are longer than %d bytes", maxCookie)
	}
	if strings.ContainsFunc(set, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
		return k, errors.New("a control character")
	}
	var maxAge, expires expiry
	for _, part := range parts[1:] {
		attribute, value, _ := strings.Cut(part, "=")
		value = trimBlank(value)
		switch attribute = strings.ToLower(trimBlank(attribute)); attribute {
		case "max-age":
			maxAge.setMaxAge(value, c.now)
		case "expires":
			expires.setDate(value)
		default:
			k.setAttribute(attribute, value, c)
		}
	}
	// Max-Age counts before Expires, wherever they stand.
	if k.expiry = expires; maxAge.persistent {
		k.expiry = maxAge
	}
	return k, nil
}

// setMaxAge takes over a number of seconds. A lifetime beyond a century is as
// good as endless.
func (e *expiry) setMaxAge(value string, now time.Time) {
	digits := strings.TrimPrefix(value, "-")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return
	}
	const century = 100 * 365 * 86400
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n > century {
		n = century
	}
	if len(digits) < len(value) {
		n = 0
	}
	*e = expiry{persistent: true, expires: now.Add(time.Duration(n) * time.Second)}
}

// setDate takes over a date.
func (e *expiry) setDate(value string) {
	if t, ok := parseCookieDate(value); ok {
		*e = expiry{persistent: true, expires: t}
	}
}

// setAttribute takes over one attribute; unknown ones mean nothing.
func (k *cookie) setAttribute(name, value string, c cookieContext) {
	switch name {
	case "domain":
		if d := strings.ToLower(strings.TrimPrefix(value, ".")); d != "" {
			k.domain, k.hostOnly = d, false
		}
	case "path":
		if strings.HasPrefix(value, "/") {
			k.path = value
		}
	case "secure":
		k.secure = true
	case "partitioned":
		k.partition, k.partitioned = c.partition, true
	case "httponly":
		k.httpOnly = true
	case "samesite":
		k.sameSite = map[string]sameSite{
			"none": sameSiteNone, "lax": sameSiteLax, "strict": sameSiteStrict,
		}[strings.ToLower(value)]
	}
}

// check says why a cookie may not be stored.
func (k *cookie) check(u origin.URL, c cookieContext) error {
	switch {
	case !k.hostOnly && !domainMatch(u, k.domain):
		return fmt.Errorf("domain %q does not contain the host", k.domain)
	case !k.hostOnly && isPublicSuffix(k.domain) && k.domain != u.Host():
		return fmt.Errorf("domain %q is a public suffix", k.domain)
	case k.secure && !c.rules.secure(u):
		return errors.New("a Secure cookie from an insecure URL")
	case k.partitioned && (c.partition != "" || c.apart) && !k.secure:
		return errors.New("the attribute Partitioned without Secure")
	case k.sameSite == sameSiteUnset && c.laxByDefault && !c.sameSite:
		return errors.New("a cookie without SameSite in a cross-site response")
	case (k.sameSite == sameSiteLax || k.sameSite == sameSiteStrict) && !c.sameSite:
		return errors.New("a SameSite cookie in a cross-site response")
	case k.name == "" && (hasPrefixFold(k.value, "__Secure-") || hasPrefixFold(k.value, "__Host-")):
		return errors.New("a prefix in a value without a name")
	case hasPrefixFold(k.name, "__Secure-") && !k.secure:
		return errors.New("the prefix __Secure- without Secure")
	case hasPrefixFold(k.name, "__Host-") && !(k.secure && k.hostOnly && k.path == "/"):
		return errors.New("the prefix __Host- without Secure and Path=/, or with Domain")
	}
	return c.rules.refuses(k, c)
}

// isPublicSuffix reports whether a domain is a public suffix, below which
// strangers register.
func isPublicSuffix(domain string) bool {
	o, err := origin.ParseOrigin("https://" + domain)
	if err != nil {
		return false
	}
	_, ok := o.RegistrableDomain()
	return !ok
}

// defaultCookiePath is the path of a cookie that names none.
func defaultCookiePath(path string) string {
	i := strings.LastIndexByte(path, '/')
	if i <= 0 {
		return "/"
	}
	return path[:i]
}

func trimBlank(s string) string { return strings.Trim(s, " \t") }

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
