package cookie

import "github.com/corsim/corsim/origin"

// Refusal is a cookie that a browser did not store, or did not send.
type Refusal struct {
	// Name is the cookie's name; it may be empty.
	Name string
	// Why is the rule that decided, a phrase such as "a Secure cookie from an
	// insecure URL".
	Why string
}

// Withheld returns the cookies of a URL's host and path that a request does not
// carry, with the rules that keep them back. Cookies of other hosts and paths are
// not among them.
func (j *Jar) Withheld(u origin.URL, c Context) []Refusal {
	var out []Refusal
	for i := range j.cookies {
		k := &j.cookies[i]
		if !k.expired(c.now) && k.belongsTo(u) && !k.matches(u, c) {
			out = append(out, Refusal{k.Name, k.whyWithheld(u, c)})
		}
	}
	return out
}

// Names returns the names of the cookies that a request would carry.
func (j *Jar) Names(u origin.URL, c Context) []string {
	var out []string
	for i := range j.cookies {
		if k := &j.cookies[i]; k.matches(u, c) {
			out = append(out, k.Name)
		}
	}
	return out
}

// belongsTo reports whether a cookie is one of a URL's host and path.
func (k *stored) belongsTo(u origin.URL) bool {
	return (k.HostOnly && u.Host() == k.Domain || !k.HostOnly && domainMatch(u, k.Domain)) && pathMatch(u.Path(), k.Path)
}

// whyWithheld returns the rule by which a request does not carry a cookie of its URL.
func (k *stored) whyWithheld(u origin.URL, c Context) string {
	switch {
	case k.Secure && !c.policy.isSecure(u):
		return "it is Secure, and the URL is not"
	case k.partition != c.partition && (k.partition != "" || c.partitioned):
		if k.partition == "" {
			return "it was set outside of this page's site, and this browser keeps the cookies of other sites apart for each site"
		}
		return "it was set within pages of " + k.partition + ", and belongs to them only"
	case k.SameSite == SameSiteUnset:
		return "without SameSite it counts as SameSite=Lax, and the request is cross-site"
	}
	return "it has SameSite=" + k.SameSite.String() + ", and the request is cross-site"
}
