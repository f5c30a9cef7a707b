package lint

import (
	"context"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

func jsonpInjection() Rule {
	return Rule{
		ID: "jsonp-injection", Severity: Danger,
		Title: "The server answers with script that it takes from the URL.",
		Why: "JSONP puts the name of a function from the URL in front of the data. Every site can load the script, with the user's cookies, so CORS does not protect it; " +
			"and if the name is not checked, the URL injects script. Use CORS instead of JSONP.",
		Before: Example{"js", "res.type('js').send(`${req.query.callback}(${data})`);"},
		After:  Example{"js", "res.json(data);"},
		run:    runJSONP,
	}
}

// callback is a name of a function that no server should accept.
const callback = "alert(1)//corsimaudit"

// runJSONP asks for script with a callback that is not a name.
func runJSONP(p *prober) error {
	join := "?"
	if _, ok := p.url.Query(); ok {
		join = "&"
	}
	for _, name := range []string{"callback", "jsonp"} {
		u, err := p.url.Parse(p.url.String() + join + name + "=" + callback)
		if err != nil {
			return err
		}
		req := fetch.WireRequest{Method: "GET", URL: u.WithoutCredentials(), Header: fetch.HeaderList{{Name: "Accept", Value: "*/*"}}}
		resp, err := p.once.Browser().RoundTrip(p.ctx, &req)
		if p.ctx.Err() != nil {
			return context.Cause(p.ctx)
		}
		if err != nil || !strings.HasPrefix(resp.Body, callback+"(") || !isScript(resp) {
			continue
		}
		p.findings = append(p.findings, Finding{
			Rule: p.rule.ID, Severity: Danger, URL: p.url.String(), Evidence: &browser.Exchange{Request: req, Response: resp},
			Text: "The response begins with the text of the parameter " + name + " as script (" + callback + "), and every site can load it.",
			Fix:  "Answer with JSON and CORS headers; if JSONP must stay, accept names of functions only.",
		})
		return nil
	}
	return nil
}

// isScript reports whether browsers run a response as script.
func isScript(resp *fetch.WireResponse) bool {
	t, ok := fetch.ExtractMIMEType(resp.Header)
	if !ok {
		return true
	}
	essence := t.Essence()
	return strings.Contains(essence, "javascript") || strings.Contains(essence, "ecmascript") || essence == "text/plain" && !fetch.DetermineNosniff(resp.Header)
}
