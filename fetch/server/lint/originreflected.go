package lint

import "github.com/corsim/corsim/fetch"

// strangers are hosts of sites that no server allows on purpose, beside
// [strangerHost]: patterns such as ^https://\w+\.\w+$ do not match a hyphen.
var strangers = []string{
	"corsimaudit.example", "corsimaudit.org", "www.corsimaudit.net", "a.b.c.corsimaudit.io", "corsim2audit.example", "x.example",
}

func originReflectedCredentials() Rule {
	return Rule{
		ID: "origin-reflected-credentials", Severity: Danger,
		Title: "Every site can read responses to requests with the user's cookies.",
		Why: "The server allows every origin, and credentials with it. A page of any site can then read what the server sends to a user who is signed in, " +
			"and send requests in the user's name. Compare the origin with a list, as whole strings.",
		Before: Example{"js", "app.use(cors({ origin: true, credentials: true }));"},
		After:  Example{"js", "app.use(cors({ origin: ['https://myapp.com'], credentials: true }));"},
		run:    runReflected,
	}
}

// runReflected reports what every site can read with credentials.
func runReflected(p *prober) error {
	v, err := p.anyStranger()
	if err != nil || v.level() < readsAllowed {
		return err
	}
	const fix = "Allow only the origins on a list, compared as whole strings."
	if v.level() == readsAllowed {
		p.report(Fragile, v.best(), fix, "The server allows every origin (%s), with credentials. Browsers send no cookies of the user from another site, and only this "+
			"protects the user's data: a cookie with SameSite=None, or a page on the server's own site, gets around it.", v.from)
		return nil
	}
	p.report(Danger, v.best(), fix, "Every site (%s) can read responses to requests with the user's cookies, because the server allows every origin, with credentials.", v.from)
	return nil
}

// anyStranger returns the visit of the stranger that reads most. What it reads is
// what every site can read.
func (p *prober) anyStranger() (*visit, error) {
	best := p.stranger
	for _, host := range strangers {
		v, err := p.visit(p.scheme() + "://" + host)
		if err != nil {
			return nil, err
		}
		if v.level() > best.level() {
			best = v
		}
	}
	p.floor = best.level()
	return best, nil
}

func originReflected() Rule {
	return Rule{
		ID: "origin-reflected", Severity: Advice,
		Title: "Every site can read responses to requests without cookies, because the server repeats the request's origin.",
		Why: "Without Access-Control-Allow-Credentials this allows the same as an asterisk, and caches must keep a response for each origin. With that header it would be a " +
			"security hole. Send an asterisk if everything is public; otherwise compare the origin with a list.",
		Before: Example{"python", "CORS(app)  # Flask-CORS repeats any origin"},
		After:  Example{"python", "CORS(app, origins=['https://myapp.com'])"},
		run: func(p *prober) error {
			v, err := p.anyStranger()
			if err != nil || v.level() != readsPublic {
				return err
			}
			if value, _ := v.without.header().Get(fetch.HeaderAllowOrigin); value != "*" {
				p.report(Advice, v.without, "Send an asterisk if everything is public; otherwise compare the origin with a list.",
					"The server allows every origin (%s). Without Access-Control-Allow-Credentials this is the same as an asterisk; with it, it would be a security hole.", v.from)
			}
			return nil
		},
	}
}

func wildcardOrigin() Rule {
	return Rule{
		ID: "wildcard-origin", Severity: Advice,
		Title: "Every site can read responses to requests without cookies.",
		Why: "An asterisk allows every site, without the user's cookies. That is right for public data. It is wrong for a server that only an intranet can reach: " +
			"a page on the Internet that an employee opens can read it.",
		Before: Example{"nginx", "add_header Access-Control-Allow-Origin * always;"},
		After:  Example{"nginx", "add_header Access-Control-Allow-Origin https://myapp.com always;"},
		run: func(p *prober) error {
			if value, _ := p.stranger.without.header().Get(fetch.HeaderAllowOrigin); p.stranger.level() == readsPublic && value == "*" {
				p.report(Advice, p.stranger.without, "", "Every site can read responses to requests without cookies. "+
					"That is right for public data, and wrong for a server that only an intranet can reach.")
			}
			return nil
		},
	}
}
