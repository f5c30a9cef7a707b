package cookie

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/order"
	"github.com/corsim/corsim/origin"
)

// Jar is a cookie store. The zero value is empty. A jar is not safe for
// concurrent use; its snapshots do not depend on it.
type Jar struct {
	cookies []stored
	rank    int
}

// stored is a cookie in a jar.
type stored struct {
	Cookie
	partition    string // the site of the page that the cookie belongs to; "" means no partition
	creationRank int
	removed      bool // while one response is processed: a later Set-Cookie has removed it
}

// Snapshot returns a copy that does not change when the jar changes. The copy
// shares the cookies: a jar changes no cookie in place.
func (j *Jar) Snapshot() Jar {
	return Jar{cookies: slices.Clip(j.cookies), rank: j.rank}
}

// IsEmpty reports whether the jar holds no cookies.
func (j *Jar) IsEmpty() bool { return len(j.cookies) == 0 }

// Header returns the value of the Cookie header of a request to a URL; "" is no
// header.
// https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html#name-retrieve-cookies
func (j *Jar) Header(u origin.URL, c Context) string {
	var matching []*stored
	for i := range j.cookies {
		if k := &j.cookies[i]; k.matches(u, c) {
			matching = append(matching, k)
		}
	}
	// Longer paths come first, and older cookies before newer ones.
	order.Stable(matching, func(a, b *stored) int {
		if d := len(b.Path) - len(a.Path); d != 0 {
			return d
		}
		return a.creationRank - b.creationRank
	})
	var value strings.Builder
	for i, k := range matching {
		if i > 0 {
			value.WriteString("; ")
		}
		if k.Name != "" {
			value.WriteString(k.Name + "=")
		}
		value.WriteString(k.Value)
	}
	return value.String()
}

// matches reports whether a request carries a cookie.
func (k *stored) matches(u origin.URL, c Context) bool {
	if k.expired(c.now) {
		return false
	}
	if k.HostOnly && u.Host() != k.Domain || !k.HostOnly && !domainMatch(u, k.Domain) {
		return false
	}
	if !pathMatch(u.Path(), k.Path) || k.Secure && !c.policy.isSecure(u) {
		return false
	}
	// Chromium: a cookie with Partitioned belongs to the site of its page
	// (cookies-partitioned).
	if (k.partition != "" || c.partitioned) && k.partition != c.partition {
		return false
	}
	// Chromium: a cookie without SameSite is Lax (cookies-lax-by-default).
	return c.sameSite || k.SameSite == SameSiteNone || k.SameSite == SameSiteUnset && !c.policy.LaxByDefault
}

// Set parses the value of a Set-Cookie header that came from a URL, and stores
// the cookie. The error says why the cookie was refused.
// https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html#name-parse-and-store-a-cookie
func (j *Jar) Set(u origin.URL, value string, c Context) error {
	w := j.write(1)
	if err := w.store(u, value, c); err != nil {
		return err
	}
	*j = w.done()
	return nil
}

// SetAll does what [Jar.Set] does with all Set-Cookie headers of one response, and
// returns those that a browser ignores.
// https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html#name-parse-and-store-a-cookie
func (j *Jar) SetAll(u origin.URL, values []string, c Context) []Refusal {
	var refused []Refusal
	w := j.write(len(values))
	for _, value := range values {
		if err := w.store(u, value, c); err != nil {
			refused = append(refused, Refusal{NameOf(value), err.Error()})
		}
	}
	*j = w.done()
	return refused
}

// NameOf returns the name of the cookie in the value of a Set-Cookie header; it is
// empty where the value has none.
func NameOf(value string) string {
	pair, _, _ := strings.Cut(value, ";")
	name, _, ok := strings.Cut(pair, "=")
	if !ok {
		return ""
	}
	return trimBlank(name)
}
