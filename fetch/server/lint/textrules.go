package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

// textRules returns the rules about what a text shows beside the responses.
func textRules() []Rule {
	return []Rule{optionUnknown(), optionIgnored(), envSpaces(), outputBeforeHeader(), debugModeBare(), maxAgeMissing(), csrfNotCORS()}
}

func envSpaces() Rule {
	return Rule{
		ID: "env-spaces", Also: []string{"env-space"}, Severity: Broken,
		Title: "An allowed origin has a space in front of it or behind it.",
		Why: "A list that a program splits at commas keeps the spaces: no origin is equal to a text that begins with a space. Often the list is in an environment " +
			"variable.",
		Before: Example{"js", "const origins = 'https://myapp.com, https://www.myapp.com'.split(',');\napp.use(cors({ origin: origins }));"},
		After:  Example{"js", "const origins = 'https://myapp.com, https://www.myapp.com'.split(',').map((s) => s.trim());\napp.use(cors({ origin: origins }));"},
		run: func(p *prober) error {
			if p.Model == nil || slices.Contains(webServers, p.Model.Kind) {
				return nil
			}
			for _, f := range p.Model.Policy {
				if f.Subject != server.SubjectOrigins {
					continue
				}
				for _, item := range items(p.Model, &f) {
					origin := strings.TrimSpace(item)
					if origin == item || !isCanonical(origin) || slices.Contains(items(p.Model, &f), origin) {
						continue
					}
					v, err := p.visit(origin)
					if err != nil {
						return err
					}
					if v.level() == readsNothing {
						p.report(Broken, v.without, "Remove the spaces, or trim each item of the list.", "The configuration allows %q, with a space, and no page has this origin.", item).Position = f.Position
					}
				}
			}
			return nil
		},
	}
}

func outputBeforeHeader() Rule {
	return Rule{
		ID: "output-before-header", Severity: Broken, Proof: ProofStatic,
		Title: "A program in PHP sends output before its headers.",
		Why: "What is before <?php is sent to the browser, and with it the headers: header() then has no effect. The setting output_buffering hides this on some " +
			"machines. Delete the blank line or the byte order mark.",
		Before: Example{"php", "\n<?php\nheader('Access-Control-Allow-Origin: https://myapp.com');"},
		After:  Example{"php", "<?php\nheader('Access-Control-Allow-Origin: https://myapp.com');"},
		run: func(p *prober) error {
			if p.Model == nil || p.Model.Kind != "php" {
				return nil
			}
			before, _, ok := strings.Cut(p.Text, "<?php")
			if !ok || before == "" || strings.HasPrefix(before, "#!") || !strings.Contains(p.Text, "header(") {
				return nil
			}
			s, note := Fragile, " The setting output_buffering hides this."
			if !p.actual().header().Contains(fetch.HeaderAllowOrigin) {
				s, note = Broken, ""
			}
			p.reportStatic(s, p.Text, 0, "Begin the file with <?php.", "%d bytes of output are before <?php, so header() comes too late.%s", len(before), note)
			return nil
		},
	}
}

// flaskDebug matches what switches Flask's debugger on.
var flaskDebug = regexp.MustCompile(`(?m)^[^#\n]*\b(?:debug\s*=\s*True|\[['"]DEBUG['"]\]\s*=\s*True)`)

func debugModeBare() Rule {
	return Rule{
		ID: "debug-mode-bare", Severity: Fragile, Proof: ProofStatic,
		Title: "The debugger's page for an exception has no CORS headers.",
		Why: "Flask's debugger answers in front of Flask-CORS when a view throws. The page gets a CORS error instead of the status 500, and whoever looks for the " +
			"mistake looks at CORS. In production the debugger also runs commands for everybody.",
		Before: Example{"python", "CORS(app, origins=['https://myapp.com'])\napp.run(debug=True)"},
		After:  Example{"python", "CORS(app, origins=['https://myapp.com'])\napp.run()"},
		run: func(p *prober) error {
			if p.Model == nil || p.Model.Kind != "flask" || p.trusted == nil || p.trusted.level() == readsNothing {
				return nil
			}
			if m := flaskDebug.FindStringIndex(p.Text); m != nil {
				p.reportStatic(Fragile, p.Text, m[1]-1, "Switch the debugger off where pages of other origins use the server.",
					"With the debugger on, the response to an exception has no CORS headers, and the page sees a CORS error.")
			}
			return nil
		},
	}
}

func maxAgeMissing() Rule {
	return Rule{
		ID: "max-age-missing", Severity: Advice,
		Title: "Without Access-Control-Max-Age, browsers send a preflight again after five seconds.",
		Why: "Each preflight delays the request after it. With Access-Control-Max-Age: 7200 Chromium keeps the answer for two hours, Firefox too, and WebKit for ten " +
			"minutes.",
		Before: Example{"text", "Access-Control-Allow-Methods: GET, PUT"},
		After:  Example{"text", "Access-Control-Allow-Methods: GET, PUT\nAccess-Control-Max-Age: 7200"},
		run: func(p *prober) error {
			if p.Text == "" || p.trusted == nil || p.trusted.level() == readsNothing {
				return nil // advice for whoever writes the configuration
			}
			for _, c := range p.usualCalls() {
				t, err := p.tryCall(c, fetch.CredentialsOmit)
				if err != nil {
					return err
				}
				if answer := t.attempt.preflight(); t.failure == nil && !t.isUnheard && answer != nil && !answer.Header.Contains(headerMaxAge) {
					p.reportTrial(Advice, t, "Send Access-Control-Max-Age: 7200 with the response to preflights.",
						"The response to the preflight of %s has no Access-Control-Max-Age: browsers ask again after five seconds.", t.call)
					return nil
				}
			}
			return nil
		},
	}
}

func csrfNotCORS() Rule {
	return Rule{
		ID: "csrf-not-cors", Severity: Advice,
		Title: "CORS does not stop other sites from sending forms with the user's cookies.",
		Why: "A form of any site can send POST with text/plain, without a preflight and with the user's cookies if their SameSite attribute lets it. The page cannot read the " +
			"response, but the server has acted. Use cookies with SameSite=Lax, check the Origin header or a token, or accept application/json only.",
		Before: Example{"js", "app.use(cors({ origin: 'https://myapp.com', credentials: true }));\napp.post('/transfer', transfer);  // takes any type of body"},
		After:  Example{"js", "app.use(cors({ origin: 'https://myapp.com', credentials: true }));\napp.post('/transfer', requireJSON, transfer);"},
		run: func(p *prober) error {
			if !p.wire.mayChange || !p.allowsCredentials() || !p.hasRoute("POST") || p.hasFound("origin-reflected-credentials") {
				return nil
			}
			e, err := p.ask(p.stranger.from, browser.FetchInit{
				URL: p.url.String(), Method: "POST", Credentials: fetch.CredentialsInclude, Header: fetch.HeaderList{{Name: "Content-Type", Value: "text/plain"}},
			})
			if err != nil || e.status() == 0 || e.status() >= 400 || !e.evidence().Request.Header.Contains("Cookie") {
				return err
			}
			p.report(Advice, e, "Use cookies with SameSite=Lax, check the Origin header or a token, or accept application/json only.",
				"A page of any site (%s) sends POST with the user's cookies and gets status %d. It cannot read the response, but the server has acted: CORS does not protect from this.", e.from, e.status())
			return nil
		},
	}
}
