package corstest

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/origin"
)

// attack is what some misconfigured servers allow.
type attack struct {
	code     FindingCode
	severity Severity // with the user's cookies
	from     []string // the origins that are tried
	text     string   // what is wrong; {origins} stands for those that the server allows
	cure     string   // what to do
	// unless is a finding that explains this one, too; "" is none.
	unless FindingCode
}

// nullOrigin is how an opaque origin is serialised.
const nullOrigin = "null"

// generalAttacks returns what is worth trying on any server.
func generalAttacks() []attack {
	return []attack{
		{
			code: FindingNullOrigin, severity: SeverityHigh, from: []string{nullOrigin},
			text: "The server allows the origin null, which every site can have: a sandboxed frame suffices.",
			cure: "Never allow null.",
		},
		{
			code: FindingThirdParty, severity: SeverityHigh,
			from: []string{
				"https://corsim-audit.github.io", "https://corsim-audit.netlify.app", "https://corsim-audit.vercel.app",
				"https://corsim-audit.pages.dev", "https://corsim-audit.herokuapp.com",
			},
			text: "The server allows any site of hosts where everyone can put pages: {origins}.",
			cure: "Allow only the sites there that are your own.",
		},
		{
			code: FindingLocalhost, severity: SeverityLow,
			from: []string{
				"http://localhost", "http://localhost:3000", "http://localhost:5173", "http://localhost:8080", "http://127.0.0.1:3000",
			},
			text: "The server allows {origins}, and with it whatever runs there on a user's computer.",
			cure: "Allow it in development only.",
		},
		prefixAttack("http://localhost", ""),
	}
}

// prefixAttack tries an origin that begins like another.
func prefixAttack(begin, port string) attack {
	return attack{
		code: FindingPrefix, severity: SeverityHigh, from: []string{begin + ".corsim-audit.example" + port},
		text: "The server allows every origin that begins with " + begin + ", and anyone can have such a domain.",
		cure: "Compare whole strings, or anchor the pattern at its end.",
	}
}

// lookAlikes returns the origins that are taken for the trusted one by those
// who compare with less than all of it.
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
		text: "The server allows any port of " + host + ", so that every service on the host can read.",
		cure: "Compare the whole origin, port included.",
	}}
	if o.Scheme() == "https" {
		attacks = append(attacks, attack{
			code: FindingInsecureOrigin, severity: SeverityMedium, from: []string{"http://" + host + port},
			text: "The server allows {origins}. Whoever is on the user's network can answer for that page, and then read.",
			cure: "Compare the whole origin, scheme included.",
		})
	}
	if !strings.HasPrefix(host, "[") {
		attacks = append(attacks, prefixAttack(begin, port))
	}
	if domain, ok := o.RegistrableDomain(); ok {
		d := domainOrigin{o.Scheme() + "://", host, domain, port}
		attacks = append(attacks, d.suffixAttack(), d.neighbours(), d.dotAttack())
	}
	return attacks
}

// domainOrigin is an origin whose host stands under a domain that someone has
// registered. Only what lies outside that domain can be anyone's.
type domainOrigin struct{ begin, host, domain, port string }

// at returns the origin with another host.
func (d domainOrigin) at(host string) string { return d.begin + host + d.port }

// suffixAttack tries an origin that ends like the domain.
func (d domainOrigin) suffixAttack() attack {
	return attack{
		code: FindingSuffix, severity: SeverityHigh, from: []string{d.at("corsim-audit" + d.domain)},
		text: "The server allows every origin that ends in " + d.domain + ", and anyone can register such a domain.",
		cure: "Compare whole strings, or demand a dot before the domain.",
	}
}

// neighbours tries other hosts of the same domain.
func (d domainOrigin) neighbours() attack {
	from := []string{d.at("corsim-audit." + d.host)}
	if d.host != d.domain {
		from = append(from, d.at("corsim-audit"+d.host), d.at("corsim-audit."+d.domain))
	}
	return attack{
		code: FindingSubdomain, severity: SeverityLow, from: from,
		text: "The server allows any subdomain, such as {origins}: a hole in any of them, or one left to someone else, is a hole here.",
		cure: "Allow the subdomains that need it.",
	}
}

// dotAttack tries a host in which a dot is another character.
func (d domainOrigin) dotAttack() attack {
	a := attack{
		code: FindingDot, severity: SeverityHigh,
		text: "The server takes a dot of " + d.host + " for any character.",
		cure: "Escape the dots of a pattern, or compare whole strings.",
	}
	dot := strings.IndexByte(d.host, '.')
	switch {
	case d.host != d.domain:
		// Without its last dot the subdomain's name ends like the domain.
		dot, a.unless = len(d.host)-len(d.domain)-1, FindingSuffix
	case strings.Count(d.host, ".") == 1:
		// Nobody can register a name without a dot.
		a.severity = SeverityLow
		a.text += " No one can register that name, but the pattern says what it does not mean."
	}
	a.from = []string{d.at(d.host[:dot] + "x" + d.host[dot+1:])}
	return a
}
