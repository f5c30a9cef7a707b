package lint

func originPrefixMatch() Rule {
	return Rule{
		ID: "origin-prefix-match", Also: []string{"regexp-unanchored"}, Severity: Danger,
		Title: "An origin that begins like the allowed one can read the response.",
		Why: "The server compares only the beginning of the origin: a pattern without $ at its end, or startsWith. Everybody can register a domain and give it a " +
			"subdomain that begins like yours.",
		Before: Example{"js", "app.use(cors({ origin: /^https:\\/\\/myapp\\.com/, credentials: true }));"},
		After:  Example{"js", "app.use(cors({ origin: /^https:\\/\\/myapp\\.com$/, credentials: true }));"},
		run: attack{
			from: prefixOrigins,
			text: "The server allows origins that only begin like an allowed one ({origins}), and everybody can register such a domain.",
			fix:  "Compare whole strings, or anchor the pattern at its end with $.",
		}.run,
	}
}

// prefixOrigins returns origins that begin like the trusted one, like a developer's
// or like one on a private network.
func prefixOrigins(p *prober) []string {
	var out []string
	if l, ok := p.lookAlike(); ok && l.host[0] != '[' {
		for _, end := range []string{"." + strangerHost, "." + plainHost, plainHost, ".x." + strangerHost} {
			out = append(out, l.at(l.host+end))
		}
	}
	for _, begin := range []string{"localhost", "127.0.0.1", "10.0.0.1", "10", "192.168", "192.168.0.1"} {
		out = append(out, "http://"+begin+"."+plainHost)
	}
	return append(out, "http://localhost."+strangerHost)
}
