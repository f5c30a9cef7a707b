package lint

func originSuffixMatch() Rule {
	return Rule{
		ID: "origin-suffix-match", Severity: Danger,
		Title: "An origin that ends like the allowed one can read the response.",
		Why: "The server compares only the end of the origin: a pattern without ^ at its beginning, or endsWith without a dot. Everybody can register a domain that " +
			"ends like yours.",
		Before: Example{"js", "app.use(cors({ origin: /myapp\\.com$/, credentials: true }));"},
		After:  Example{"js", "app.use(cors({ origin: /^https:\\/\\/myapp\\.com$/, credentials: true }));"},
		run: attack{
			from: domainLookAlikes(func(l lookAlike) []string {
				return []string{l.at(hyphenName + l.domain), l.at(plainName + l.domain), l.at("x" + l.domain)}
			}),
			text: "The server allows origins that only end like an allowed one ({origins}), and everybody can register such a domain.",
			fix:  "Compare whole strings, or require the scheme or a dot before the domain.",
		}.run,
	}
}

func originSubstringMatch() Rule {
	return Rule{
		ID: "origin-substring-match", Severity: Danger,
		Title: "An origin that contains the allowed one, or is a part of it, can read the response.",
		Why: "The server looks for one text in the other. If it looks for the domain in the origin, everybody can register a domain that contains yours. " +
			"If it looks for the origin in the text of its list, such as an environment variable that was not split, a shorter name is found, too.",
		Before: Example{"js", "const ok = process.env.ALLOWED_ORIGINS.includes(req.headers.origin);"},
		After:  Example{"js", "const ok = process.env.ALLOWED_ORIGINS.split(',').includes(req.headers.origin);"},
		run:    runSubstring,
	}
}

// runSubstring tries origins that contain the trusted domain, and shortened ones.
func runSubstring(p *prober) error {
	err := attack{
		from: domainLookAlikes(func(l lookAlike) []string {
			out := []string{l.at(plainName + l.domain + "." + plainHost)}
			if shorter := l.at(l.host[1:]); isRegistrable(shorter, l.domain) {
				out = append(out, shorter)
			}
			for n := len(l.host) - 1; n > len(l.host)-len(l.domain); n-- {
				if shorter := l.at(l.host[:n]); isRegistrable(shorter, l.domain) {
					out = append(out, shorter)
				}
			}
			return out
		}),
		text:   "The server looks for a part of the origin only: it allows {origins}, and everybody can register such a domain.",
		fix:    "Compare whole strings with the items of a list.",
		unless: []string{"origin-prefix-match", "origin-suffix-match"},
	}.run(p)
	if err != nil || p.hasFound(p.rule.ID) {
		return err
	}
	return attack{
		from: domainLookAlikes(func(l lookAlike) []string {
			return []string{l.begin + l.host[:len(l.host)-1], l.begin + l.host[:len(l.host)-len(l.suffix())-1]}
		}),
		text: "The server allows a part of the allowed origin ({origins}): it looks for the origin in the text of its list. Nobody can register that name, but the comparison is wrong.",
		fix:  "Split the list and compare whole strings.", unless: []string{"origin-prefix-match", "origin-suffix-match"},
	}.capped(p, Fragile)
}

// capped runs an attack whose findings are at most of a severity.
func (a attack) capped(p *prober, most Severity) error {
	rule := p.rule
	p.rule.Severity = min(p.rule.Severity, most)
	err := a.run(p)
	p.rule = rule
	return err
}
