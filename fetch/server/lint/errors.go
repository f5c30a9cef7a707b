package lint

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

func errorWithoutCORS() Rule {
	return Rule{
		ID: "error-without-cors", Severity: Fragile,
		Title: "Error responses lack the CORS headers.",
		Why: "A page cannot distinguish such an error from a server that is down, and the console reports a CORS error that hides the real one. " +
			"Send the headers with every response.",
		Before: Example{"nginx", "add_header Access-Control-Allow-Origin https://myapp.com;"},
		After:  Example{"nginx", "add_header Access-Control-Allow-Origin https://myapp.com always;"},
		run: func(p *prober) error {
			if p.trusted == nil {
				return nil
			}
			if e := p.trusted.without; p.isGuessed && e.status() >= 400 && !e.header().Contains(fetch.HeaderAllowOrigin) && (p.readsElsewhere && !p.isNotRead() || p.isLockedForAll()) {
				p.report(Fragile, e, "Send the CORS headers with every response, errors included.",
					"This response with status %d lacks the CORS headers, which other responses have: a page cannot distinguish it from a server that is down.", e.status())
				return nil
			}
			if p.trusted.level() == readsNothing {
				return nil
			}
			for _, path := range []string{missingPath, brokenPath} {
				found, err := p.seekBareError(path)
				if err != nil || found {
					return err
				}
			}
			return nil
		},
	}
}

// seekBareError requests a resource that does not exist, or one that is down, and
// reports an error response without CORS headers.
func (p *prober) seekBareError(path string) (found bool, err error) {
	u, err := p.url.Parse(path)
	if err != nil {
		return false, err
	}
	e, err := p.ask(p.trusted.from, browser.FetchInit{URL: u.String(), Credentials: fetch.CredentialsOmit})
	if err != nil || e.status() < 400 || e.failure() == nil || e.failure().Preflight {
		return false, err
	}
	p.report(Fragile, e, "Send the CORS headers with every response, errors included.",
		"Error responses lack the CORS headers, so a page cannot distinguish a %d from a server that is down, and the console reports a CORS error.", e.status())
	return true, nil
}

func deniedOriginErrors() Rule {
	return Rule{
		ID: "denied-origin-errors", Severity: Fragile,
		Title: "An origin that is not allowed gets a server error.",
		Why: "The server throws an error instead of leaving the headers out. The browser blocks the page anyway; the error fills logs, shows a stack trace to everybody, " +
			"and breaks requests that are no CORS requests but have an Origin header, such as a form on the server's own site.",
		Before: Example{"js", "origin: (o, cb) => list.includes(o) ? cb(null, true) : cb(new Error('Not allowed by CORS'))"},
		After:  Example{"js", "origin: (o, cb) => cb(null, list.includes(o))"},
		run: func(p *prober) error {
			e := p.stranger.without
			if p.trusted == nil || e.status() != 500 || p.trusted.without.status() == 0 || p.trusted.without.status() >= 500 {
				return nil
			}
			p.report(Fragile, e, "Leave the CORS headers out for other origins, and answer as usual.",
				"A page at %s gets status %d, because its origin is not allowed; a page at %s gets %d.", e.from, e.status(), p.trusted.from, p.trusted.without.status())
			return nil
		},
	}
}
