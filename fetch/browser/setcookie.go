package browser

import (
	"errors"
	"fmt"
	"net/http"
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
func (s *cookieStore) store(u origin.URL, set string, c cookieContext) error {
	k, err := parseSetCookie(u, set, c)
	if err != nil {
		return err
	}
	if err := k.check(u, c); err != nil {
		return err
	}
	s.put(k, c)
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
	if k.name == "" && k.value == "" {
		return k, errors.New("neither a name nor a value")
	}
	if len(k.name)+len(k.value) > maxCookie {
		return k, fmt.Errorf("name and value are longer than %d bytes", maxCookie)
	}
	if strings.ContainsAny(set, "\x00\r\n") {
		return k, errors.New("a control character")
	}
	for _, part := range parts[1:] {
		attribute, value, _ := strings.Cut(part, "=")
		k.setAttribute(strings.ToLower(trimBlank(attribute)), trimBlank(value), c.now)
	}
	return k, nil
}

// setAttribute takes over one attribute; unknown ones mean nothing.
func (k *cookie) setAttribute(name, value string, now time.Time) {
	switch name {
	case "expires":
		if t, err := http.ParseTime(value); err == nil && !k.persistent {
			k.persistent, k.expires = true, t
		}
	case "max-age":
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			// A lifetime beyond a century is as good as endless.
			k.persistent, k.expires = true, now.Add(time.Duration(min(max(n, 0), 100*365*86400))*time.Second)
		}
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
	secure := u.IsPotentiallyTrustworthy()
	switch {
	case !k.hostOnly && !domainMatch(u, k.domain):
		return fmt.Errorf("domain %q does not contain the host", k.domain)
	case !k.hostOnly && isPublicSuffix(k.domain) && k.domain != u.Host():
		return fmt.Errorf("domain %q is a public suffix", k.domain)
	case k.secure && !secure:
		return errors.New("a Secure cookie from an insecure URL")
	case k.sameSite == sameSiteNone && !k.secure:
		return errors.New("SameSite=None without Secure")
	case (k.sameSite == sameSiteLax || k.sameSite == sameSiteStrict) && !c.sameSite:
		return errors.New("a SameSite cookie in a cross-site response")
	case hasPrefixFold(k.name, "__Secure-") && !k.secure:
		return errors.New("the prefix __Secure- without Secure")
	case hasPrefixFold(k.name, "__Host-") && !(k.secure && k.hostOnly && k.path == "/"):
		return errors.New("the prefix __Host- without Secure and Path=/, or with Domain")
	}
	return nil
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

// put adds a cookie in the place of one with the same name, domain and path.
func (s *cookieStore) put(k cookie, c cookieContext) {
	for i, old := range s.cookies {
		if old.name != k.name || old.domain != k.domain || old.hostOnly != k.hostOnly || old.path != k.path {
			continue
		}
		if k.persistent && !c.now.Before(k.expires) {
			s.cookies = append(s.cookies[:i], s.cookies[i+1:]...)
			return
		}
		k.creationRank = old.creationRank
		s.cookies[i] = k
		return
	}
	if k.persistent && !c.now.Before(k.expires) {
		return
	}
	s.rank++
	k.creationRank = s.rank
	s.cookies = append(s.cookies, k)
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
