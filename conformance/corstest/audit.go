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

// Target says what [Audit] checks.
type Target struct {
	// URL is the URL that the pages request with GET.
	URL string
	// Origin is the origin that should be allowed, "null" for sandboxed pages. The
	// audit tries origins that look like it. When Origin is "", the audit uses an
	// origin that the server's responses name. When they name none, it skips the
	// checks that need an origin.
	Origin string
	// Method and Header describe the request whose preflight is tried. When both
	// are zero, it is PUT with Content-Type: application/json.
	Method string
	Header fetch.HeaderList
	// Cookies are the user's cookies from the server, as in Set-Cookie. They matter
	// when the server responds differently to signed-in users. When there are none,
	// the audit uses one cookie with the name corsim-audit, which browsers send
	// whenever they send any cookie.
	Cookies []string
	// Profiles are the engines that make the requests; nil means [Browsers].
	Profiles []*browser.Profile
}

// Audit tries attacks that work against real misconfigurations of CORS, and looks
// for mistakes that prevent pages from working. It returns its findings, the most
// severe first.
//
// Every attack is a page in a browser of each engine. A response header that no
// browser accepts is therefore not a finding. When several engines send the same
// request, it is sent once. Audit sends only GET, HEAD and preflights.
//
// The error says that the target is not valid, or why the audit could not
// continue.
func Audit(ctx context.Context, t fetch.Transport, target Target) ([]Finding, error) {
	a, err := newAuditor(ctx, t, target)
	if err != nil {
		return nil, err
	}
	for _, check := range []func() error{
		a.visitAsStranger, a.visitAsTrusted, a.auditOrigins, a.auditHeaders, a.auditVary, a.auditErrors, a.auditPreflight, a.auditOpenPreflight,
	} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(a.findings, func(x, y Finding) int { return cmp.Compare(y.Severity, x.Severity) })
	return a.findings, nil
}

// Audit runs [Audit] on a URL of the server, with the origin that should be
// allowed. An audit that cannot continue ends the test.
func (s *Server) Audit(url, origin string) []Finding {
	s.tb.Helper()
	ctx := s.tb.Context()
	if s.modelled != nil {
		var said *record
		ctx, said = s.modelled.newRecord(ctx)
		defer func() {
			if said.unknown != nil {
				s.tb.Fatalf("corstest: audit: %s: %v", s.modelled.path, said.unknown)
			}
		}()
	}
	findings, err := Audit(ctx, s.transport, Target{URL: s.resolve(url), Origin: origin, Profiles: s.profiles})
	if err != nil {
		s.tb.Fatalf("corstest: audit: %v", err)
	}
	return findings
}

// auditor is a running audit.
type auditor struct {
	ctx context.Context
	// once sends a request that several engines have in common only once.
	once   *server.Once
	target Target
	url    origin.URL
	// isGuess reports whether the target names no method and no headers, so that
	// the audit chose the request that needs a preflight.
	isGuess  bool
	findings []Finding
	// strangerOrigin is the origin of a page that no server allows on purpose.
	strangerOrigin string
	stranger       visit
	// trusted is the visit from the origin that should be allowed; nil when no
	// origin is known.
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
		// People may write the URL of a page instead of its origin.
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
		ctx: ctx, once: server.NewOnce(readOnly{t}), target: target, url: u, isGuess: isGuess, strangerOrigin: pageScheme(u) + "://corsim-audit.example",
	}, nil
}

// probeCookie returns a cookie that browsers send whenever they send any cookie.
func probeCookie(u origin.URL) string {
	const cookie = "corsim-audit=1; Path=/"
	if u.IsPotentiallyTrustworthy() {
		return cookie + "; Secure; SameSite=None"
	}
	return cookie
}

// visitAsStranger requests the URL from a page of an unknown site.
func (a *auditor) visitAsStranger() (err error) {
	a.stranger, err = a.visit(a.strangerOrigin)
	return err
}

// visitAsTrusted requests the URL from the page that should be allowed.
func (a *auditor) visitAsTrusted() error {
	if a.target.Origin == "" {
		value, _ := a.stranger.without.header().Get(fetch.HeaderAllowOrigin)
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

// report adds a finding, with an attempt as its evidence.
func (a *auditor) report(code FindingCode, severity Severity, e *attempt, format string, args ...any) {
	a.findings = append(a.findings, Finding{
		Code: code, Severity: severity, Text: fmt.Sprintf(format, args...), Origin: e.from,
		SharedIn: e.sharedIn(), CookiesIn: e.cookiesIn(), Credentials: e.credentials == fetch.CredentialsInclude, Evidence: e.evidence(),
	})
}

// pageScheme returns the scheme of a page that may request a URL: a page with
// https may not request http.
func pageScheme(u origin.URL) string {
	if u.IsPotentiallyTrustworthy() {
		return "https"
	}
	return "http"
}
