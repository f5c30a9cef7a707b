package corstest

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// auditOrigins looks for origins that can read more than any stranger can.
func (a *auditor) auditOrigins() error {
	a.reportStranger()
	for _, attack := range append(generalAttacks(a.url), lookAlikes(a.target.Origin)...) {
		if attack.from == a.target.Origin {
			continue
		}
		v, err := a.visit(attack.from)
		if err != nil {
			return err
		}
		switch {
		case v.level() <= a.stranger.level():
			// Every site can do as much, which is said already.
		case v.level() == readsPrivate:
			a.report(attack.code, attack.severity, v.best(), "%s %s", attack.text, attack.cure)
		default:
			a.report(attack.code, min(attack.severity, SeverityLow), v.best(),
				"%s Only what is asked for without credentials is shared. %s", attack.text, attack.cure)
		}
	}
	return nil
}

// reportStranger says what every site can read.
func (a *auditor) reportStranger() {
	switch v := a.stranger; v.level() {
	case readsPrivate:
		a.report(FindingAnyOrigin, SeverityHigh, v.best(),
			"Every site can read what the server answers to a user's cookies, since it allows whichever origin asks, with credentials. "+
				"Allow only the origins on a list, compared as whole strings.")
	case readsPublic:
		value, _ := v.without.answer().Get(fetch.HeaderAllowOrigin)
		if value == "*" {
			a.report(FindingAnyOrigin, SeverityInfo, v.best(),
				"Every site can read what the server answers without cookies. That is right for public data, and wrong for a server that only an intranet can reach.")
			return
		}
		a.report(FindingAnyOrigin, SeverityLow, v.best(),
			"The server allows whichever origin asks. Without Access-Control-Allow-Credentials that is as good as an asterisk; with it, it would be a hole. "+
				"Send an asterisk if everything is public, or else compare with a list.")
	}
}

// attack is an origin that some misconfigured server allows.
type attack struct {
	code     FindingCode
	severity Severity // with credentials
	from     string
	// text says what is wrong, cure what to do.
	text, cure string
}

// generalAttacks returns the origins that are worth trying on any server.
func generalAttacks(target origin.URL) []attack {
	attacks := []attack{{
		FindingNullOrigin, SeverityHigh, "null",
		"The server allows the origin null, which every site can have: a sandboxed frame suffices.",
		"Never allow null.",
	}}
	if !target.IsPotentiallyTrustworthy() {
		return attacks
	}
	for _, host := range []string{"github.io", "netlify.app", "vercel.app", "pages.dev", "herokuapp.com"} {
		attacks = append(attacks, attack{
			FindingThirdParty, SeverityHigh, "https://corsim-audit." + host,
			"The server allows any site under " + host + ", where everyone can put pages.",
			"Allow only the sites there that are your own.",
		})
	}
	for _, from := range []string{"http://localhost", "http://localhost:3000", "http://localhost:5173", "http://localhost:8080", "http://127.0.0.1:3000"} {
		attacks = append(attacks, attack{
			FindingLocalhost, SeverityLow, from,
			"The server allows " + from + ", and with it whatever runs there on a user's computer.",
			"Allow it in development only.",
		})
	}
	return attacks
}

// lookAlikes returns the origins that are taken for the trusted one by those
// who compare with less than all of it.
func lookAlikes(trusted string) []attack {
	o, err := origin.ParseOrigin(trusted)
	if err != nil || o.IsOpaque() {
		return nil
	}
	at := func(scheme, host string, port string) string { return scheme + "://" + host + port }
	port := ""
	if p, ok := o.Port(); ok {
		port = fmt.Sprintf(":%d", p)
	}
	scheme, host := o.Scheme(), o.Host()
	attacks := []attack{{
		FindingPort, SeverityLow, at(scheme, host, ":8443"),
		"The server allows any port of " + host + ", so that every service on the host can read.",
		"Compare the whole origin, port included.",
	}}
	if scheme == "https" {
		attacks = append(attacks, attack{
			FindingInsecureOrigin, SeverityMedium, at("http", host, port),
			"The server allows " + at("http", host, port) + ". Whoever is on the user's network can answer for that page, and then read.",
			"Compare the whole origin, scheme included.",
		})
	}
	if _, ok := o.RegistrableDomain(); !ok {
		return attacks
	}
	return append(attacks, domainAttacks(scheme, host, port)...)
}

// domainAttacks returns look-alikes of a domain.
func domainAttacks(scheme, host, port string) []attack {
	at := func(host string) string { return scheme + "://" + host + port }
	attacks := []attack{{
		FindingSuffix, SeverityHigh, at("corsim-audit" + host),
		"The server allows every origin that ends in " + host + ", and anyone can register such a domain.",
		"Compare whole strings, or demand a dot before the domain.",
	}, {
		FindingPrefix, SeverityHigh, at(host + ".corsim-audit.example"),
		"The server allows every origin that begins with " + scheme + "://" + host + ", and anyone can have such a domain.",
		"Compare whole strings, or anchor the pattern at its end.",
	}, {
		FindingSubdomain, SeverityLow, at("corsim-audit." + host),
		"The server allows every subdomain of " + host + ": a hole in any of them, or one left to someone else, is a hole here.",
		"Allow the subdomains that need it.",
	}}
	if i := strings.IndexByte(host, '.'); i > 0 {
		severity, note := SeverityHigh, ""
		if strings.Count(host, ".") == 1 {
			// Nobody can register a name without a dot.
			severity, note = SeverityLow, " No one can register that name, but the pattern says what it does not mean."
		}
		attacks = append(attacks, attack{
			FindingDot, severity, at(host[:i] + "x" + host[i+1:]),
			"The server takes a dot of " + host + " for any character." + note,
			"Escape the dots of a pattern, or compare whole strings.",
		})
	}
	return attacks
}
