package cookie

import (
	"strings"
	"time"

	"github.com/corsim/corsim/origin"
)

// Cookie is a cookie with its attributes.
// https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html#name-cookie-struct
type Cookie struct {
	Name, Value string
	Domain      string // in lower case, without a leading dot
	HostOnly    bool   // without a Domain attribute only the host itself gets the cookie
	Path        string
	Secure      bool
	HTTPOnly    bool
	SameSite    SameSite
	Partitioned bool
	// Expires is the time at which the cookie ends; the zero time means the end
	// of the session.
	Expires time.Time
}

// expired reports whether the cookie has ended.
func (k *Cookie) expired(now time.Time) bool {
	return !k.Expires.IsZero() && !now.Before(k.Expires)
}

// domainMatch reports whether a URL's host is a domain or a subdomain of it.
// https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html#name-domain-matching
func domainMatch(u origin.URL, domain string) bool {
	host := u.Host()
	if host == domain {
		return true
	}
	return strings.HasSuffix(host, "."+domain) && !u.HasIPAddress()
}

// pathMatch reports whether a path is a cookie's path or below it.
// https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html#name-path-matching
func pathMatch(path, cookiePath string) bool {
	if !strings.HasPrefix(path, cookiePath) {
		return false
	}
	return len(path) == len(cookiePath) || strings.HasSuffix(cookiePath, "/") || path[len(cookiePath)] == '/'
}
