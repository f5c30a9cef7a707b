package lint

import "strings"

func originUnescapedDot() Rule {
	return Rule{
		ID: "origin-unescaped-dot", Severity: Danger,
		Title: "An origin with another character instead of a dot can read the response.",
		Why: "In a pattern a dot stands for any character. ^https://api.myapp\\.com$ allows https://apixmyapp.com, which everybody can register. " +
			"Escape every dot, or compare whole strings.",
		Before: Example{"python", "CORS(app, origins=[r'^https://api.myapp\\.com$'], supports_credentials=True)"},
		After:  Example{"python", "CORS(app, origins=[r'^https://api\\.myapp\\.com$'], supports_credentials=True)"},
		run:    runDot,
	}
}

// runDot replaces each dot of the host.
func runDot(p *prober) error {
	l, ok := p.lookAlike()
	if !ok || l.isAddress() {
		return nil
	}
	var registrable, rest []string
	for i, c := range l.host {
		if c != '.' {
			continue
		}
		from := l.at(l.host[:i] + "x" + l.host[i+1:])
		switch {
		case isRegistrable(from, l.domain):
			registrable = append(registrable, from)
		case l.domain == "" || !strings.HasSuffix(l.host[:i]+"x"+l.host[i+1:], "."+l.domain):
			rest = append(rest, from)
		}
	}
	const fix = "Escape the dots in the pattern, or compare whole strings."
	text := "The server's pattern accepts any character instead of a dot in " + l.host + ": it allows {origins}."
	// A server that compares ends only allows these too.
	unless := []string{"origin-suffix-match"}
	err := attack{from: fixedOrigins(registrable), text: text, fix: fix, unless: unless}.run(p)
	if err != nil || p.hasFound(p.rule.ID) {
		return err
	}
	return attack{
		from: fixedOrigins(rest), text: text + " Nobody can register that name, but the pattern is wrong.", fix: fix,
	}.capped(p, Fragile)
}

// fixedOrigins makes the function of an attack from a list.
func fixedOrigins(origins []string) func(*prober) []string {
	return func(*prober) []string { return origins }
}

func originOtherTLD() Rule {
	return Rule{
		ID: "origin-other-tld", Severity: Danger,
		Title: "The allowed name under another top-level domain can read the response.",
		Why: "The pattern fixes the name and leaves the end open, for example for the sites of several countries. The names under the other ends belong to whoever " +
			"registers them.",
		Before: Example{"js", "app.use(cors({ origin: /^https:\\/\\/myapp\\.[a-z]+$/, credentials: true }));"},
		After:  Example{"js", "app.use(cors({ origin: ['https://myapp.com', 'https://myapp.de'], credentials: true }));"},
		run: attack{
			from: domainLookAlikes(func(l lookAlike) []string {
				var out []string
				name := strings.TrimSuffix(l.host, "."+l.suffix())
				for _, end := range []string{"com", "net", "org", "io", "xyz", "co.uk"} {
					if end != l.suffix() {
						out = append(out, l.at(name+"."+end))
					}
				}
				return out
			}),
			text:   "The server allows the name under other top-level domains ({origins}), and everybody can register those.",
			fix:    "List the domains that are yours.",
			unless: []string{"origin-unescaped-dot"},
		}.run,
	}
}

func publicSuffixWildcard() Rule {
	return Rule{
		ID: "public-suffix-wildcard", Severity: Danger,
		Title:  "The pattern spans names under which everybody can have a site.",
		Why:    "The pattern allows every name under a public suffix, such as com, co.uk, github.io or vercel.app. Everybody can register a domain or publish a site there.",
		Before: Example{"js", "app.use(cors({ origin: /^https:\\/\\/[a-z-]+\\.vercel\\.app$/, credentials: true }));"},
		After:  Example{"js", "app.use(cors({ origin: ['https://myapp.vercel.app'], credentials: true }));"},
		run: attack{
			from: func(p *prober) []string {
				var out []string
				if l, ok := p.lookAlike(); ok && l.domain != "" {
					out = append(out, l.at(plainName+"."+l.suffix()), l.at(hyphenName+"."+l.suffix()))
					name, _, _ := strings.Cut(l.domain, ".")
					for _, host := range previewHosts {
						out = append(out, "https://"+name+"-"+plainName+"."+host, "https://"+name+"-git-main-"+plainName+"."+host)
					}
				}
				for _, host := range publishingHosts {
					out = append(out, "https://"+plainName+"."+host)
				}
				return out
			},
			text: "The server allows sites that everybody can have ({origins}).",
			fix:  "Allow only your own sites there, as whole origins.",
		}.run,
	}
}
