package lint

import "github.com/corsim/corsim/origin"

func originSpecialCharacter() Rule {
	return Rule{
		ID: "origin-special-character", Severity: Danger,
		Title: "An origin with a special character behind the allowed name can read the response.",
		Why: "The pattern takes a character that is not a letter for the end of the host, but browsers send some of them in an origin: names such as " +
			"myapp.com_.evil.example resolve. Anchor the pattern with $ at its end.",
		Before: Example{"js", "const ok = /^https:\\/\\/myapp\\.com(?![a-z0-9.-])/.test(origin);"},
		After:  Example{"js", "const ok = origin === 'https://myapp.com';"},
		run: attack{
			from: domainLookAlikes(func(l lookAlike) []string {
				var out []string
				for _, c := range "_-`{}~!$&'()*+,;=\"" {
					out = append(out, l.at(l.host+string(c)+"."+plainHost))
				}
				return out
			}),
			text:   "The server allows origins with a special character behind the name ({origins}), which browsers send.",
			fix:    "Compare whole strings, or anchor the pattern at its end with $.",
			unless: []string{"origin-prefix-match"},
		}.run,
	}
}

func anySubdomain() Rule {
	return Rule{
		ID: "any-subdomain", Severity: Fragile,
		Title: "Every subdomain can read the response.",
		Why: "If one subdomain has a security hole, belongs to somebody else or is left to a service that was cancelled, this server is open, too. " +
			"Allow only the subdomains that need it.",
		Before: Example{"js", "app.use(cors({ origin: /^https:\\/\\/([a-z-]+\\.)?myapp\\.com$/, credentials: true }));"},
		After:  Example{"js", "app.use(cors({ origin: ['https://myapp.com', 'https://admin.myapp.com'], credentials: true }));"},
		run: attack{
			from: domainLookAlikes(func(l lookAlike) []string {
				out := []string{l.at(hyphenName + "." + l.host), l.at(plainName + "." + l.host), l.at("a.b." + l.host)}
				if l.host != l.domain {
					out = append(out, l.at(hyphenName+l.host), l.at(plainName+l.host), l.at(hyphenName+"."+l.domain), l.at(plainName+"."+l.domain))
				}
				return out
			}),
			text: "The server allows any subdomain ({origins}): if one of them has a security hole or belongs to somebody else, this server is open, too.",
			fix:  "Allow only the subdomains that need it.",
		}.run,
	}
}

func anyPort() Rule {
	return Rule{
		ID: "any-port", Severity: Fragile,
		Title:  "Every port of the allowed host can read the response.",
		Why:    "Every service on that host can read the response, also one that somebody else runs there. Compare the whole origin, including the port.",
		Before: Example{"js", "const ok = new URL(origin).hostname === 'myapp.com';"},
		After:  Example{"js", "const ok = origin === 'https://myapp.com';"},
		run: attack{
			from: lookAlikes(func(l lookAlike) []string { return []string{l.begin + l.host + ":8443", l.begin + l.host + ":9443"} }),
			text: "The server allows any port of the host ({origins}), so every service on it can read the response.",
			fix:  "Compare the whole origin, including the port.",
		}.run,
	}
}

func insecureOrigin() Rule {
	return Rule{
		ID: "insecure-origin", Severity: Danger,
		Title: "An origin with http instead of https can read the response.",
		Why: "Somebody on the user's network, such as a hotel's, can replace a page with http, and this page then reads the response with the user's cookies. " +
			"TLS of the server does not help. Allow https only.",
		Before: Example{"js", "app.use(cors({ origin: /^https?:\\/\\/myapp\\.com$/, credentials: true }));"},
		After:  Example{"js", "app.use(cors({ origin: /^https:\\/\\/myapp\\.com$/, credentials: true }));"},
		run: func(p *prober) error {
			if p.reportInsecureTrusted() {
				return nil
			}
			return attack{
				from: insecureOrigins,
				text: "The server allows {origins}. An attacker on the user's network can replace that page and then read the response.",
				fix:  "Compare the whole origin, including the scheme.",
			}.listed(p)
		},
	}
}

// reportInsecureTrusted reports that the origin which the configuration names, and
// nobody else, has http. It may be that the server has http, too, so this is Fragile.
func (p *prober) reportInsecureTrusted() bool {
	if !p.isGuessed || p.trustedOrigin() == "" || p.url.Scheme() != "https" || p.trusted.level() <= p.floor {
		return false
	}
	u, err := origin.ParseURL(p.trusted.from)
	if err != nil || u.Scheme() != "http" || u.IsPotentiallyTrustworthy() || u.HasIPAddress() || u.IsLocal() {
		return false
	}
	p.report(Fragile, p.trusted.best(), "Allow the origin with https.",
		"The server allows %s and no origin with https. Where the server itself has https, an attacker on the user's network can replace that page and then read the response.", p.trusted.from)
	return true
}

// insecureOrigins returns the trusted origin and hosts of its domain with http, when
// the server's URL and the trusted origin have https.
func insecureOrigins(p *prober) []string {
	l, ok := p.lookAlike()
	if !ok || l.begin != "https://" || p.url.Scheme() != "https" {
		return nil
	}
	l.begin = "http://"
	out := []string{l.at(l.host)}
	if l.domain != "" {
		out = append(out, l.at(plainName+"."+l.host), l.at(plainName+"."+l.domain))
	}
	return out
}
