package corstest

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/origin"
)

// attack is a set of origins that some misconfigured servers allow.
type attack struct {
	code     FindingCode
	severity Severity // when browsers send the user's cookies
	from     []string // the origins to try
	text     string   // what is wrong; {origins} stands for those that the server allows
	cure     string   // what to do
	// unless is another finding that also explains this one; "" is none. After that
	// finding the attack is not tried.
	unless FindingCode
}

// nullOrigin is how an opaque origin is serialised.
const nullOrigin = "null"

// generalAttacks returns the attacks that do not depend on the allowed origin.
func generalAttacks() []attack {
	return []attack{
		{
			code: FindingNullOrigin, severity: SeverityHigh, from: []string{nullOrigin},
			text: "The server allows the origin null, and every site can make a page with this origin: a sandboxed frame is enough.",
			cure: "Never allow null.",
		},
		{
			code: FindingThirdParty, severity: SeverityHigh,
			from: []string{
				"https://corsim-audit.github.io", "https://corsim-audit.netlify.app", "https://corsim-audit.vercel.app",
				"https://corsim-audit.pages.dev", "https://corsim-audit.herokuapp.com",
			},
			text: "The server allows every site on public hosting services: {origins}.",
			cure: "Allow only your own sites there.",
		},
		{
			code: FindingLocalhost, severity: SeverityLow,
			from: []string{
				"http://localhost", "http://localhost:3000", "http://localhost:5173", "http://localhost:8080", "http://127.0.0.1:3000",
			},
			text: "The server allows {origins}, and so every page that runs there on a user's computer.",
			cure: "Allow it in development only.",
		},
		prefixAttack("http://localhost", ""),
	}
}

// prefixAttack tries an origin that begins with another origin.
func prefixAttack(begin, port string) attack {
	return attack{
		code: FindingPrefix, severity: SeverityHigh, from: []string{begin + ".corsim-audit.example" + port},
		text: "The server allows every origin that begins with " + begin + ", and everybody can register such a domain.",
		cure: "Compare whole strings, or anchor the pattern at its end.",
	}
}

// lookAlikes returns attacks with origins that resemble the trusted one. Servers
// allow them when they compare only a part of the origin.
func lookAlikes(trusted string) []attack {
	o, err := origin.ParseOrigin(trusted)
	if err != nil || o.IsOpaque() {
		return nil
	}
	port := ""
	if p, ok := o.Port(); ok {
		port = fmt.Sprintf(":%d", p)
	}
	host := o.Host()
	begin := o.Scheme() + "://" + host
	attacks := []attack{{
		code: FindingPort, severity: SeverityLow, from: []string{begin + ":8443", begin + ":9443"},
		text: "The server allows any port of " + host + ", so every service on that host can read the response.",
		cure: "Compare the whole origin, including the port.",
	}}
	if o.Scheme() == "https" {
		attacks = append(attacks, attack{
			code: FindingInsecureOrigin, severity: SeverityMedium, from: []string{"http://" + host + port},
			text: "The server allows {origins}. An attacker on the user's network can replace that page and then read the response.",
			cure: "Compare the whole origin, including the scheme.",
		})
	}
	if !strings.HasPrefix(host, "[") {
		attacks = append(attacks, prefixAttack(begin, port))
	}
	if domain, ok := o.RegistrableDomain(); ok {
		d := domainOrigin{o.Scheme() + "://", host, domain, port}
		attacks = append(attacks, d.suffixAttack(), d.subdomainAttack(), d.dotAttack())
	}
	return attacks
}

// domainOrigin is an origin whose host belongs to a registered domain. Other
// people can have hosts only outside that domain.
type domainOrigin struct{ begin, host, domain, port string }

// at returns the origin with another host.
func (d domainOrigin) at(host string) string { return d.begin + host + d.port }

// suffixAttack tries an origin that ends with the domain, without a dot before
// it.
func (d domainOrigin) suffixAttack() attack {
	return attack{
		code: FindingSuffix, severity: SeverityHigh, from: []string{d.at("corsim-audit" + d.domain)},
		text: "The server allows every origin that ends in " + d.domain + ", and everybody can register such a domain.",
		cure: "Compare whole strings, or require a dot before the domain.",
	}
}

// subdomainAttack tries other hosts of the same domain.
func (d domainOrigin) subdomainAttack() attack {
	from := []string{d.at("corsim-audit." + d.host)}
	if d.host != d.domain {
		from = append(from, d.at("corsim-audit"+d.host), d.at("corsim-audit."+d.domain))
	}
	return attack{
		code: FindingSubdomain, severity: SeverityLow, from: from,
		text: "The server allows any subdomain, such as {origins}: if one of them has a security hole or belongs to somebody else, this server is open, too.",
		cure: "Allow only the subdomains that need it.",
	}
}

// dotAttack tries a host with another character instead of a dot.
func (d domainOrigin) dotAttack() attack {
	a := attack{
		code: FindingDot, severity: SeverityHigh,
		text: "The server's pattern accepts any character instead of a dot in " + d.host + ".",
		cure: "Escape the dots in the pattern, or compare whole strings.",
	}
	dot := strings.IndexByte(d.host, '.')
	switch {
	case d.host != d.domain:
		// Without the dot before the domain, the host ends with the domain.
		dot, a.unless = len(d.host)-len(d.domain)-1, FindingSuffix
	case strings.Count(d.host, ".") == 1:
		// Nobody can register a name without a dot.
		a.severity = SeverityLow
		a.text += " Nobody can register that name, but the pattern is wrong."
	}
	a.from = []string{d.at(d.host[:dot] + "x" + d.host[dot+1:])}
	return a
}
