package lint

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/origin"
)

// Names of attackers. Patterns may allow letters only, so one has no hyphen.
const (
	plainName  = "corsimaudit"
	hyphenName = "corsim-audit"
	plainHost  = "corsimaudit.com"
)

// lookAlike is the origin whose look-alikes are tried, in parts.
type lookAlike struct {
	begin  string // scheme and "://"
	host   string
	domain string // the registrable domain; "" when there is none
	port   string // with its colon
}

// lookAlike returns the parts of the trusted origin; ok is false when it is not
// known or has no host.
func (p *prober) lookAlike() (l lookAlike, ok bool) {
	o, err := origin.ParseOrigin(p.trustedOrigin())
	if err != nil || o.IsOpaque() {
		return l, false
	}
	l = lookAlike{begin: o.Scheme() + "://", host: o.Host()}
	if !p.url.IsPotentiallyTrustworthy() {
		// Browsers block a page with https before it sends anything.
		l.begin = "http://"
	}
	if port, ok := o.Port(); ok {
		l.port = fmt.Sprintf(":%d", port)
	}
	l.domain, _ = o.RegistrableDomain()
	return l, true
}

// at returns the origin with another host.
func (l lookAlike) at(host string) string { return l.begin + host + l.port }

// isAddress reports whether the host is an IP address.
func (l lookAlike) isAddress() bool {
	u, err := origin.ParseURL(l.at(l.host))
	return err == nil && u.HasIPAddress()
}

// suffix returns the part of the domain behind its first label, such as "co.uk".
func (l lookAlike) suffix() string {
	_, suffix, _ := strings.Cut(l.domain, ".")
	return suffix
}

// lookAlikes makes the function of an attack from one that needs the trusted origin.
func lookAlikes(of func(lookAlike) []string) func(*prober) []string {
	return func(p *prober) []string {
		l, ok := p.lookAlike()
		if !ok {
			return nil
		}
		return of(l)
	}
}

// domainLookAlikes is the same for one that needs a registrable domain.
func domainLookAlikes(of func(lookAlike) []string) func(*prober) []string {
	return lookAlikes(func(l lookAlike) []string {
		if l.domain == "" {
			return nil
		}
		return of(l)
	})
}

// isRegistrable reports whether somebody else than the owner of a domain can have
// this origin.
func isRegistrable(from, domain string) bool {
	o, err := origin.ParseOrigin(from)
	if err != nil || !o.HasListedSuffix() {
		return false
	}
	other, ok := o.RegistrableDomain()
	return ok && other != domain
}
