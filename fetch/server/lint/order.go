package lint

import (
	"regexp"
	"slices"

	"github.com/corsim/corsim/fetch/server"
)

// programs are the kinds of configurations whose middleware has an order.
var programs = []string{"nodejs", "flask", "django", "starlette", "fastapi", "rack-cors", "rails", "aspnet", "spring"}

// lateCORS is a text in which the CORS middleware is behind another one that may
// answer first.
type lateCORS struct {
	kind string
	// cors matches the CORS middleware, first what may answer before it; without first,
	// the way in which cors is written puts it behind all others.
	cors, first *regexp.Regexp
	why         string
}

// lateTexts follow the documentation of each library.
var lateTexts = []lateCORS{
	{
		"django", regexp.MustCompile(`["']corsheaders\.middleware\.CorsMiddleware["']`),
		regexp.MustCompile(`["'](?:django\.middleware\.common\.CommonMiddleware|whitenoise\.middleware\.WhiteNoiseMiddleware)["']`),
		"what CommonMiddleware and WhiteNoise answer themselves, such as the redirect to a URL with a slash, has no CORS headers",
	},
	{
		"aspnet", regexp.MustCompile(`\.UseCors\(`), regexp.MustCompile(`\.(?:UseAuthorization|UseResponseCaching|UseOutputCache)\(`),
		"what authorization refuses and what a cache answers has no CORS headers, and preflights of endpoints with a login are refused",
	},
	{
		"rack-cors", regexp.MustCompile(`\bconfig\.middleware\.use[\s(]+["']?(?:::)?Rack::Cors\b`), nil,
		"what other middleware answers itself, such as static files, redirects and errors, has no CORS headers; insert_before 0 puts it first",
	},
}

// isLate returns the offset of the CORS middleware when it is behind another one
// that may answer; ok is false when it does not.
func (l *lateCORS) isLate(text string) (at int, ok bool) {
	m := l.cors.FindStringIndex(text)
	if m == nil || l.first == nil {
		return firstOf(m), m != nil
	}
	first := l.first.FindStringIndex(text)
	return m[0], first != nil && first[0] < m[0]
}

func firstOf(m []int) int {
	if m == nil {
		return 0
	}
	return m[0]
}

// runLate looks in the text for a CORS middleware that does not come first. No request
// shows it where the text has no route for one.
func runLate(p *prober) {
	if p.trusted == nil || p.trusted.level() == readsNothing {
		return
	}
	text := withoutComments(p.Model.Kind, p.Text)
	for _, l := range lateTexts {
		if at, ok := l.isLate(text); ok && l.kind == p.Model.Kind {
			p.reportStatic(Fragile, p.Text, at, "Put the CORS middleware first.", "The CORS middleware does not come first: %s.", l.why)
			p.findings[len(p.findings)-1].Proof = ProofStatic
		}
	}
}

// runOrder looks for a CORS middleware that took part in one of the two responses to
// a preflighted request, or that has facts and took part in none.
func runOrder(p *prober) error {
	if p.Model == nil || !slices.Contains(programs, p.Model.Kind) {
		return nil
	}
	i := slices.IndexFunc(p.findings, func(f Finding) bool { return f.Rule == "preflight-only" || f.Rule == "preflight-needs-login" })
	j := slices.IndexFunc(p.Model.Policy, func(f server.Fact) bool { return f.Subject == server.SubjectOrigins })
	if i < 0 || j < 0 {
		runLate(p)
		return nil
	}
	f := p.findings[i]
	f.Rule, f.Severity, f.Position = p.rule.ID, Broken, p.Model.Policy[j].Position
	f.Fix = "Put the CORS middleware first."
	f.Text = "The CORS middleware is behind what answers first, so its headers are missing: see " + p.findings[i].Rule + "."
	p.findings = append(p.findings, f)
	return nil
}
