package corstest

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// Target is what [Audit] looks at.
type Target struct {
	// URL is what the pages ask for, with GET.
	URL string
	// Origin is the origin that is meant to be allowed, "null" for sandboxed
	// pages. Its look-alikes are tried. When it is "", one that the server's answers name is taken; without
	// any, what depends on it is left out.
	Origin string
	// Method and Header are those of the request whose preflight is tried: PUT
	// with Content-Type: application/json when both are zero.
	Method string
	Header fetch.HeaderList
	// Cookies are those that the user has from the server, as in Set-Cookie, for
	// a server that answers otherwise to who is signed in. None is one cookie of
	// the name corsim-audit, which goes along wherever any does.
	Cookies []string
	// Profiles are the engines that judge; none is [Browsers].
	Profiles []*browser.Profile
}

// Audit tries the attacks which real misconfigurations of CORS fall to, and
// looks for what keeps pages from working. It returns what it found, the
// severest first.
//
// Only what a browser would do counts: every attack is a page in a browser of
// each engine, so that a header that no browser honours is no hole. What the
// engines send alike is sent once. Nothing but GET, HEAD and preflights is sent.
//
// The error says that the target is none, or that the run could not go on.
func Audit(ctx context.Context, t fetch.Transport, target Target) ([]Finding, error) {
	a, err := newAuditor(ctx, t, target)
	if err != nil {
		return nil, err
	}
	for _, check := range []func() error{
		a.meetStranger, a.meetTrusted, a.auditOrigins, a.auditHeaders, a.auditVary, a.auditErrors, a.auditPreflight, a.auditOpenPreflight,
	} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(a.findings, func(x, y Finding) int { return cmp.Compare(y.Severity, x.Severity) })
	return a.findings, nil
}

// Audit is [Audit] of a URL of the server, with the origin that is meant to be
// allowed. A run that cannot go on ends the test.
func (s *Server) Audit(url, origin string) []Finding {
	s.tb.Helper()
	findings, err := Audit(s.tb.Context(), s.transport, Target{URL: s.resolve(url), Origin: origin, Profiles: s.profiles})
	if err != nil {
		s.tb.Fatalf("corstest: audit: %v", err)
	}
	return findings
}

// auditor is an audit under way.
type auditor struct {
	ctx context.Context
	// once asks the server once for what several engines ask alike.
	once   *server.Once
	target Target
	url    origin.URL
	// isGuess reports whether nobody said which request pages make that needs a
	// preflight.
	isGuess  bool
	findings []Finding
	// strangerOrigin is that of a page that nobody can mean to allow.
	strangerOrigin string
	stranger       visit
	// trusted is what the origin that is meant to be allowed gets; it is nil
	// when no origin is known.
	trusted *visit
}

func newAuditor(ctx context.Context, t fetch.Transport, target Target) (*auditor, error) {
	u, err := origin.ParseURL(target.URL)
	if err != nil {
		return nil, err
	}
	if !u.IsHTTP() {
		return nil, fmt.Errorf("%s: not an http: or https: URL", u)
	}
	if target.Origin != "" && target.Origin != nullOrigin {
		// What people write as an origin may be the URL of a page.
		o, err := origin.ParseURL(target.Origin)
		if err != nil {
			return nil, err
		}
		target.Origin = o.Origin().String()
	}
	isGuess := target.Method == "" && target.Header == nil
	if isGuess {
		target.Method = http.MethodPut
		target.Header = fetch.HeaderList{{Name: "Content-Type", Value: "application/json"}}
	}
	if len(target.Profiles) == 0 {
		target.Profiles = Browsers()
	}
	if len(target.Cookies) == 0 {
		target.Cookies = []string{probeCookie(u)}
	}
	return &auditor{
		ctx: ctx, once: server.NewOnce(readOnly{t}), target: target, url: u, isGuess: isGuess, strangerOrigin: askerScheme(u) + "://corsim-audit.example",
	}, nil
}

// probeCookie is one that goes along wherever any does.
func probeCookie(u origin.URL) string {
	const cookie = "corsim-audit=1; Path=/"
	if u.IsPotentiallyTrustworthy() {
		return cookie + "; Secure; SameSite=None"
	}
	return cookie
}

// meetStranger asks as a page of an unknown site.
func (a *auditor) meetStranger() (err error) {
	a.stranger, err = a.visit(a.strangerOrigin)
	return err
}

// meetTrusted asks as the page that is meant to be allowed.
func (a *auditor) meetTrusted() error {
	if a.target.Origin == "" {
		value, _ := a.stranger.without.answer().Get(fetch.HeaderAllowOrigin)
		if value == a.strangerOrigin {
			return nil
		}
		o, err := origin.ParseURL(value)
		if err != nil || !o.IsHTTP() {
			return nil
		}
		a.target.Origin = o.Origin().String()
	}
	v, err := a.visit(a.target.Origin)
	a.trusted = &v
	return err
}

// report notes a finding that an attempt shows.
func (a *auditor) report(code FindingCode, severity Severity, e *attempt, format string, args ...any) {
	a.findings = append(a.findings, Finding{
		Code: code, Severity: severity, Text: fmt.Sprintf(format, args...), Origin: e.from,
		SharedIn: e.sharedIn(), CookiesIn: e.cookiesIn(), Credentials: e.credentials == fetch.CredentialsInclude, Evidence: e.evidence(),
	})
}

// askerScheme returns the scheme of a page that may ask for a URL: a page that
// came over https may not ask over http.
func askerScheme(u origin.URL) string {
	if u.IsPotentiallyTrustworthy() {
		return "https"
	}
	return "http"
}
