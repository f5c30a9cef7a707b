package scenario

import (
	"context"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/enum"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
)

// Verdict is what a browser makes of a recorded call.
type Verdict struct {
	// Outcome is what became of the call. It has no meaning when an answer is
	// missing.
	Outcome browser.Outcome
	// Missing is the answer that the recording lacks and that the outcome depends
	// on.
	Missing Missing
	Kind    fetch.Kind
	// Failure says why a call was blocked, threw or was refused; nil otherwise.
	Failure *fetch.Failure
	// Assumed reports whether the call needs a preflight whose answer was not
	// recorded. The answer is assumed to allow everything.
	Assumed bool
}

// Missing says which answer a recording lacks.
type Missing uint8

// The answers that can be missing.
const (
	// MissingNone: the recording has all answers.
	MissingNone Missing = iota
	// MissingRedirected: the recorded answer is a redirect that the browser
	// follows, and the answer of the next server is missing.
	MissingRedirected
	// MissingResponse: nothing that was recorded blocks the call, and the answer
	// to the request is missing.
	MissingResponse
)

var missing = enum.New[Missing]("missing answer", "none", "redirect", "unanswered")

// String returns the word, such as "redirect".
func (m Missing) String() string { return missing.Word(m) }

// ParseMissing returns the missing answer of a word. The error for an unknown
// word lists the known ones.
func ParseMissing(word string) (Missing, error) { return missing.Parse(word) }

// Judge judges recordings one after another. It uses its memory again for the
// next one and is not safe for concurrent use.
type Judge struct {
	profile *browser.Profile
	pages   map[pageKey]*browser.Page
	decider browser.Decider
}

// NewJudge returns a judge that decides as a browser with a profile does.
func NewJudge(p *browser.Profile) *Judge { return &Judge{profile: p} }

// rememberedPages is how many pages a judge keeps open.
const rememberedPages = 256

// pageKey is the key of a page. There are two pages with an opaque origin, one
// of them secure.
type pageKey struct {
	url    string
	secure bool
}

// page returns the page of a recording. Pages are opened once, each in a browser
// of its own that is only asked for what it says of the page.
func (j *Judge) page(r *Recording) (*browser.Page, error) {
	key := pageKey{url: r.Page, secure: r.Page == browser.NullPage && !strings.HasPrefix(r.URL, "http://")}
	if p := j.pages[key]; p != nil {
		return p, nil
	}
	p, err := j.open(r)
	if err != nil {
		return nil, err
	}
	if j.pages == nil || len(j.pages) >= rememberedPages {
		j.pages = make(map[pageKey]*browser.Page)
	}
	key.url = strings.Clone(key.url)
	j.pages[key] = p
	return p, nil
}

// open opens the page of a recording in a browser of its own.
func (j *Judge) open(r *Recording, more ...browser.PageOption) (*browser.Page, error) {
	url, options := browser.PageOf(strings.Clone(r.Page), r.URL)
	p, err := browser.New(j.profile).Open(url, append(options, more...)...)
	if err != nil {
		return nil, under("page", problemf("%v", err))
	}
	return p, nil
}

// Judge judges a recording. The error means that its page has no URL.
func (j *Judge) Judge(r *Recording) (Verdict, error) {
	page, err := j.page(r)
	if err != nil {
		return Verdict{}, err
	}
	init, preflight := r.fetchInit(), &r.Preflight
	if preflight.Status == 0 {
		preflight = nil
	}
	if d, ok := j.decider.Decide(page, &init, preflight, &r.Response); ok {
		return Verdict{Outcome: d.Outcome, Kind: d.Kind, Failure: d.Failure, Assumed: d.Preflighted && preflight == nil}, nil
	}
	return j.Simulate(r)
}

// fetchInit returns what script passes to fetch().
func (r *Recording) fetchInit() browser.FetchInit {
	return browser.FetchInit{URL: r.URL, Method: r.Method, Header: r.Header, Mode: r.Mode, Credentials: r.Credentials, Redirect: r.Redirect}
}

// Simulate lets a browser make the call, with the recorded answers for a
// server.
func (j *Judge) Simulate(r *Recording) (Verdict, error) {
	// The browser keeps what it is given.
	r = r.clone()
	server := &recordedServer{recording: r}
	page, err := j.open(r, browser.WithTransport(server))
	if err != nil {
		return Verdict{}, err
	}
	result, err := page.Fetch(context.Background(), r.fetchInit())
	if err != nil {
		return Verdict{}, err
	}
	v := VerdictOf(result)
	v.Assumed = server.assumed
	switch {
	case server.elsewhere:
		v.Missing, v.Failure = MissingRedirected, nil
	case server.unanswered:
		v.Missing, v.Failure = MissingResponse, nil
	}
	return v, nil
}

// VerdictOf returns what a call came to that a browser has made.
func VerdictOf(r *browser.Result) Verdict {
	return Verdict{Outcome: r.Outcome, Kind: r.Trace.Classification.Kind, Failure: r.Failure}
}

// IsNo reports whether a page does not get what it asked for, for all that was
// recorded.
func (v *Verdict) IsNo() bool {
	if v.Missing != MissingNone {
		return false
	}
	return v.Outcome == browser.Blocked || v.Outcome == browser.Threw || v.Outcome == browser.Refused
}

// recordedServer answers as a recording has it.
type recordedServer struct {
	recording *Recording
	asked     string // the URL of the first request that was not a preflight
	assumed   bool
	elsewhere bool // a redirect was followed
	// unanswered: a request went out whose answer was not recorded.
	unanswered bool
}

// RoundTrip answers a request.
func (s *recordedServer) RoundTrip(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	url := req.URL.String()
	if s.asked != "" && (s.asked != url || fetch.IsRedirectStatus(s.recording.Response.Status)) {
		s.elsewhere = true
		return nil, fetch.ErrNoAnswer
	}
	if req.IsPreflight() {
		if s.recording.Preflight.Status == 0 {
			s.assumed = true
			return server.AllowPreflight(req), nil
		}
		return &s.recording.Preflight, nil
	}
	s.asked = url
	if s.recording.Response.Status == 0 {
		s.unanswered = true
		return nil, fetch.ErrNoAnswer
	}
	return &s.recording.Response, nil
}

// AppendMembers appends the members of a verdict's JSON object, without the
// braces: its kind, which a call that threw has none of, and its outcome.
func (v *Verdict) AppendMembers(out []byte) []byte {
	if v.Missing != MissingNone || v.Outcome != browser.Threw {
		out = append(append(append(out, `"kind":"`...), v.Kind.String()...), `",`...)
	}
	return v.AppendOutcome(out)
}

// AppendOutcome appends the members from the outcome on.
func (v *Verdict) AppendOutcome(out []byte) []byte {
	word := v.Outcome.String()
	if v.Missing != MissingNone {
		word = v.Missing.String()
	}
	out = append(append(append(out, `"outcome":"`...), word...), '"')
	if v.Assumed {
		out = append(out, `,"assumed":true`...)
	}
	if v.Failure != nil {
		out = report.AppendFailure(append(out, ','), v.Failure)
	}
	return out
}

// AppendText appends a string as JSON.
func AppendText(out []byte, text string) []byte { return report.AppendText(out, text) }
