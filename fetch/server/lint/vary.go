package lint

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

func varyMissing() Rule {
	return Rule{
		ID: "vary-missing", Also: []string{"vary-overwritten"}, Severity: Fragile,
		Title: "A response that allows an origin depends on the origin and lacks Vary: Origin.",
		Why: "A cache may give the response for one origin to another, which is then blocked or, worse, allowed. A browser's own cache does this, too. " +
			"Send Vary: Origin with every response, also with those that allow nothing.",
		Before: Example{"js", "if (allowed.includes(req.headers.origin))\n  res.set('Access-Control-Allow-Origin', req.headers.origin);"},
		After:  Example{"js", "res.vary('Origin');\nif (allowed.includes(req.headers.origin))\n  res.set('Access-Control-Allow-Origin', req.headers.origin);"},
		run:    runVary(func(x browser.Exchange) bool { return allowOrigin(x) != "" && allowOrigin(x) != "*" }),
	}
}

func varyMissingWhenDenied() Rule {
	return Rule{
		ID: "vary-missing-when-denied", Severity: Fragile,
		Title: "A response that allows nothing lacks Vary: Origin, although that of an allowed origin differs.",
		Why: "A cache that keeps the response for a page or a program which is not allowed gives it to an allowed page, which is then blocked. " +
			"Vary only when the origin is allowed is not enough. The finding is advice where the response has no header for caches " +
			"(Cache-Control, Expires, ETag, Last-Modified).",
		Before: Example{"js", "if (allowed.includes(req.headers.origin)) {\n  res.vary('Origin');\n  res.set('Access-Control-Allow-Origin', req.headers.origin);\n}"},
		After:  Example{"js", "res.vary('Origin');\nif (allowed.includes(req.headers.origin))\n  res.set('Access-Control-Allow-Origin', req.headers.origin);"},
		run: func(p *prober) error {
			if p.hasFound("vary-missing") {
				return nil
			}
			return runVary(func(x browser.Exchange) bool { return allowOrigin(x) == "" })(p)
		},
	}
}

// runVary looks for responses of a kind that depend on the request's origin and lack
// Vary: Origin. When no page can read the responses, a cache can do no harm.
func runVary(of func(browser.Exchange) bool) func(*prober) error {
	return func(p *prober) error {
		if p.stranger.level() == readsNothing && (p.trusted == nil || p.trusted.level() == readsNothing) {
			return nil
		}
		responses, err := p.answersByOrigin()
		if err != nil {
			return err
		}
		differ := slices.ContainsFunc(responses, func(x browser.Exchange) bool { return allowOrigin(x) != allowOrigin(responses[0]) })
		if !differ {
			return nil
		}
		i := slices.IndexFunc(responses, func(x browser.Exchange) bool { return of(x) && isCacheable(x) && !variesByOrigin(x) })
		if i < 0 {
			return nil
		}
		x := responses[i]
		from, _ := x.Request.Header.Get(fetch.HeaderOrigin)
		note, severity := "", Fragile
		switch {
		case invitesCaches(x):
			note = " This one has headers for caches."
		case allowOrigin(x) == "":
			// Without these headers a browser keeps nothing to use again, and only a cache that somebody has told to.
			note, severity = " This one has no headers for caches, so only a cache that is told to keep it does so.", Advice
		}
		fix := "Send Vary: Origin with every response, also with those that allow nothing."
		if how := p.fixedVary(); how != "" {
			note += " No option of the software that makes the CORS headers changes this."
			fix = how
		}
		p.findings = append(p.findings, Finding{
			Rule: p.rule.ID, Severity: severity, URL: p.url.String(), Origin: from, Evidence: &x, SharedIn: p.sharedWith(from),
			Text: "The response depends on the request's origin, but lacks Vary: Origin. A cache may give the response for one origin to another." + note,
			Fix:  fix,
		})
		return nil
	}
}

// outsideVary says how Vary: Origin is sent with every response where the software that
// makes the CORS headers has no option for it: by kinds of configurations and by names
// of software.
var outsideVary = map[string]string{
	"fastapi":       "Add Vary: Origin to every response in a middleware that is added after CORSMiddleware, which is then outside of it: response.headers.add_vary_header('Origin').",
	"flask-cors":    "Add Vary: Origin to every response in a function of @app.after_request: response.vary.add('Origin').",
	"spring":        "Add Vary: Origin to every response in a filter in front of the one for CORS: response.addHeader(\"Vary\", \"Origin\").",
	"aspnet":        "Add Vary: Origin to every response in a middleware before UseCors: context.Response.Headers.Append(\"Vary\", \"Origin\").",
	"s3":            "Let the cache in front of the bucket keep a response for each value of Origin: in CloudFront, a cache policy with the header Origin.",
	"api-gateway":   "Let the cache in front of the API keep a response for each value of Origin, or add Vary: Origin in the integration.",
	"ingress-nginx": "Add Vary: Origin in the service behind the ingress, or in the cache in front of it keep a response for each value of Origin.",
}

// fixedVary returns how Vary: Origin is sent nevertheless when the configuration
// cannot say where; "" when it can, or when no configuration is known.
func (p *prober) fixedVary() string {
	if p.Model == nil {
		return ""
	}
	for _, v := range p.Model.Versions {
		if how := outsideVary[v.Name]; how != "" {
			return how
		}
	}
	return outsideVary[p.Model.Kind]
}

// answersByOrigin returns the responses without an origin, to the stranger, and to
// the trusted page.
func (p *prober) answersByOrigin() ([]browser.Exchange, error) {
	request := fetch.WireRequest{Method: "GET", URL: p.url.WithoutCredentials(), Header: fetch.HeaderList{{Name: "Accept", Value: "*/*"}}}
	resp, err := p.once.Browser().RoundTrip(p.ctx, &request)
	if p.ctx.Err() != nil {
		return nil, p.ctx.Err()
	}
	out := []browser.Exchange{p.stranger.without.first()}
	if p.trusted != nil {
		out = append(out, p.trusted.without.first())
	}
	// Further origins that are allowed show a response whose value for all others is
	// that of the trusted page.
	for _, e := range p.attempts {
		if p.isPlain(e) && len(e.sharedIn()) > 0 {
			out = append(out, e.first())
		}
	}
	if err == nil {
		out = append(out, browser.Exchange{Request: request, Response: resp})
	}
	return slices.DeleteFunc(out, func(x browser.Exchange) bool { return x.Response == nil }), nil
}

// isPlain reports whether an attempt is a GET of the URL without credentials.
func (p *prober) isPlain(e *attempt) bool {
	x := e.first()
	return e.credentials == fetch.CredentialsOmit && x.Kind == browser.ExchangeActual && x.Request.Method == "GET" && x.Request.URL == p.url.WithoutCredentials()
}

// sharedWith returns the browsers that share the response with the stranger or the
// trusted page, whichever has the origin.
func (p *prober) sharedWith(from string) []string {
	switch {
	case from == p.stranger.from:
		return p.stranger.without.sharedIn()
	case p.trusted != nil && from == p.trusted.from:
		return p.trusted.without.sharedIn()
	}
	return nil
}

// allowOrigin returns the values of Access-Control-Allow-Origin, one a line.
func allowOrigin(x browser.Exchange) string {
	return strings.Join(x.Response.Header.Values(fetch.HeaderAllowOrigin), "\n")
}

func variesByOrigin(x browser.Exchange) bool {
	names, _ := x.Response.Header.GetDecodeSplit("Vary")
	return slices.ContainsFunc(names, func(name string) bool { return name == "*" || fetch.EqualFold(name, fetch.HeaderOrigin) })
}

func isCacheable(x browser.Exchange) bool {
	value, _ := x.Response.Header.Get("Cache-Control")
	return !strings.Contains(fetch.ByteLowercase(value), "no-store")
}

// invitesCaches reports whether a response has headers for caches.
func invitesCaches(x browser.Exchange) bool {
	for _, name := range []string{"Cache-Control", "Expires", "ETag", "Last-Modified"} {
		if x.Response.Header.Contains(name) {
			return true
		}
	}
	return false
}
