package lint

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// prober asks the questions of one URL and collects what rules find.
type prober struct {
	*Subject
	ctx  context.Context
	url  origin.URL
	wire *counter
	// once sends a request that several browsers have in common only once.
	once     *server.Once
	asked    map[string]*attempt
	attempts []*attempt // in the order in which they were asked
	// rule is the rule that runs.
	rule     Rule
	findings []Finding
	// unheard holds, for each rule with questions that got no usable answer, how
	// many there were.
	unheard map[string]int
	// stranger is the visit of a page of an unknown site.
	stranger *visit
	// trusted is the visit from the origin that should be allowed; nil when no
	// origin is known.
	trusted *visit
	// isGuessed reports whether nobody named the trusted origin.
	isGuessed bool
	// readsElsewhere reports whether the trusted page reads at one of the URLs.
	readsElsewhere bool
	// floor is what every site can read.
	floor level
	// anyOrigin reports whether the attack that runs also tries origins that the
	// facts of the model name.
	anyOrigin bool
}

// strangerHost is the host of a site that no server allows on purpose.
const strangerHost = "corsim-audit.example"

func newProber(ctx context.Context, s *Subject, u origin.URL) *prober {
	w := newCounter(s)
	p := &prober{
		Subject: s, ctx: ctx, url: u, wire: w, once: server.NewOnce(w), asked: make(map[string]*attempt), unheard: make(map[string]int),
	}
	return p
}

// scheme returns the scheme of pages that may request the URL: a page with https
// may not request http.
func (p *prober) scheme() string {
	if p.url.IsPotentiallyTrustworthy() {
		return "https"
	}
	return "http"
}

// start asks what every other question is compared with.
func (p *prober) start() (err error) {
	if p.stranger, err = p.visit(p.scheme() + "://" + strangerHost); err != nil {
		return err
	}
	p.floor = p.stranger.level()
	return nil
}

// namedOrigin returns the origin that the response to the stranger names; "" when
// there is none.
func (p *prober) namedOrigin() string {
	value, _ := p.stranger.without.header().Get(fetch.HeaderAllowOrigin)
	if value == p.stranger.from || value == browser.NullPage {
		return ""
	}
	o, err := origin.ParseURL(value)
	if err != nil || !o.IsHTTP() {
		return ""
	}
	return o.Origin().String()
}

// candidates returns the origins that may be meant to be allowed, those of production
// first.
func (p *prober) candidates() []string {
	var out, local []string
	for _, o := range slices.Concat(originsOf(p.Model), p.Origins) {
		if u, err := origin.ParseURL(o); err != nil || !isCanonical(o) || slices.Contains(out, o) || slices.Contains(local, o) {
			continue
		} else if u.IsLocal() || u.Host() == "localhost" || u.HasIPAddress() {
			local = append(local, o)
		} else {
			out = append(out, o)
		}
	}
	return append(out, local...)
}

// allowsCredentials reports whether the trusted page reads with credentials.
func (p *prober) allowsCredentials() bool {
	return p.trusted != nil && p.trusted.level() >= readsAllowed
}

// visit requests the URL from a page of an origin.
func (p *prober) visit(from string) (v *visit, err error) {
	v = &visit{from: from}
	init := browser.FetchInit{URL: p.url.String(), Credentials: fetch.CredentialsOmit}
	if v.without, err = p.ask(from, init); err != nil {
		return nil, err
	}
	init.Credentials = fetch.CredentialsInclude
	v.with, err = p.ask(from, init)
	return v, err
}

// ask asks a question, or returns the answer that it got before.
func (p *prober) ask(from string, init browser.FetchInit) (*attempt, error) {
	key := strings.Join([]string{from, init.Method, init.URL, init.Credentials.String(), fmt.Sprint(init.Header)}, "\n")
	e, ok := p.asked[key]
	if !ok {
		var err error
		if e, err = p.try(from, init); err != nil {
			return nil, err
		}
		p.asked[key] = e
		p.attempts = append(p.attempts, e)
	}
	if p.rule.ID != "" && p.isUnheard(e) {
		p.unheard[p.rule.ID]++
	}
	return e, nil
}

// try makes one request in each browser.
func (p *prober) try(from string, init browser.FetchInit) (*attempt, error) {
	out := &attempt{from: from, credentials: init.Credentials}
	for _, profile := range p.Profiles {
		b := browser.New(profile)
		for _, cookie := range p.cookies() {
			// A cookie that the browser refuses is not sent in an attack either.
			_ = b.SetCookie(p.url, cookie)
		}
		page, null := browser.PageOf(from, p.url.String())
		opened, err := b.Open(page, append(null, browser.WithTransport(p.once.Browser()))...)
		if err != nil {
			return nil, err
		}
		r, err := opened.Fetch(p.ctx, init)
		if err != nil {
			return nil, err
		}
		out.results = append(out.results, r)
	}
	return out, p.wire.err
}

// cookies returns the cookies of the user.
func (p *prober) cookies() []string {
	const cookie = "corsim-audit=1; Path=/"
	switch {
	case len(p.Cookies) > 0:
		return p.Cookies
	case p.url.IsPotentiallyTrustworthy():
		return []string{cookie + "; Secure; SameSite=None"}
	}
	return []string{cookie}
}

// isUnheard reports whether the server gave no usable answer to a question, although
// it gave one to the first.
func (p *prober) isUnheard(e *attempt) bool {
	for _, x := range e.exchanges() {
		if x.Response == nil && x.Failure != nil && x.Failure.Got != errNotSent.Error() {
			return true
		}
		if x.Response != nil && p.isOverload(x.Response.Status) && p.stranger.without.status() != x.Response.Status {
			return true
		}
	}
	return false
}

// isOverload reports whether a status says that the server does not answer now. A
// model is never down; it may have a limit.
func (p *prober) isOverload(status int) bool {
	return status == 429 || p.Model == nil && (status == 502 || status == 503 || status == 504)
}

// opens reports whether browsers open pages at an origin.
func (p *prober) opens(from string) bool {
	_, err := browser.New(p.Profiles[0]).Open(from)
	return err == nil
}

// hasFound reports whether one of some rules has a finding.
func (p *prober) hasFound(ids ...string) bool {
	return slices.ContainsFunc(p.findings, func(f Finding) bool { return slices.Contains(ids, f.Rule) })
}

// report adds a finding of the rule that runs, with an attempt as its evidence.
func (p *prober) report(s Severity, e *attempt, fix, format string, args ...any) *Finding {
	x := e.evidence()
	p.findings = append(p.findings, Finding{
		Rule: p.rule.ID, Severity: s, Proof: p.rule.Proof, Text: fmt.Sprintf(format, args...), Fix: fix, URL: p.url.String(), Origin: e.from,
		SharedIn: e.sharedIn(), CookiesIn: e.cookiesIn(), Credentials: e.credentials == fetch.CredentialsInclude, Evidence: &x,
	})
	return &p.findings[len(p.findings)-1]
}
