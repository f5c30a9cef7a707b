package ask

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/origin"
)

// CallQuestion is a request that a page makes with fetch(), and the browsers that
// make it.
type CallQuestion struct {
	// From is the URL or the origin of the page, or "null" for a sandboxed page.
	From string
	// PageHeader holds the response headers of the page, which can have policies.
	PageHeader fetch.HeaderList
	// Init is what script passes to fetch().
	Init browser.FetchInit
	// Cookies holds the cookies that the URL's server has set before, as in
	// Set-Cookie.
	Cookies  []string
	Profiles []*browser.Profile
	// Repeat is how many times the page makes the call; 0 means once. Pause is how
	// far the browser's clock moves between two calls.
	Repeat int
	Pause  time.Duration
	// AnyOrigin is set if every site may read the response: configurations then allow
	// every origin.
	AnyOrigin bool
	// Network says where hosts are and what the user has allowed. Without it local
	// network access is not checked.
	Network *Network
}

// FieldError says which field of a question is wrong, and why.
type FieldError struct {
	// Field is the name of the field in lower case, such as "from".
	Field string
	Err   error
}

// Error returns the field and the cause in one line.
func (e *FieldError) Error() string { return e.Field + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *FieldError) Unwrap() error { return e.Err }

// errNoPage is the error for a call without a page.
var errNoPage = errors.New("name the origin or the URL of the page that makes the request")

// Call is a checked call: its page and its URL are valid.
type Call struct {
	CallQuestion
	page    origin.URL
	options []browser.PageOption
	// opaque reports whether the page's origin is null.
	opaque bool
	// unmodelled holds the names of page headers with policies that have no effect.
	unmodelled []string
	url        origin.URL
}

// NewCall checks a question before anything is sent. The error about a field is a
// [*FieldError].
func NewCall(q CallQuestion) (*Call, error) {
	c := &Call{CallQuestion: q}
	c.Repeat = max(c.Repeat, 1)
	switch {
	case q.Repeat < 0:
		return nil, &FieldError{"repeat", fmt.Errorf("%d is less than once", q.Repeat)}
	case c.Pause < 0:
		return nil, &FieldError{"pause", errors.New("the clock cannot go back")}
	case q.From == "":
		return nil, &FieldError{"from", errNoPage}
	}
	from, options := browser.PageOf(q.From, q.Init.URL)
	c.options = append(options, browser.WithHeaders(q.PageHeader))
	page, err := browser.New(browser.Spec()).Open(from, c.options...)
	if err != nil {
		if u, bad := origin.ParseURL(from); bad == nil && !u.HasOpaquePath() {
			err = fmt.Errorf("%w; corsim origin %s says what they send", err, answer.ShellQuoted(from))
		}
		return nil, &FieldError{"from", err}
	}
	c.page, c.opaque, c.unmodelled = page.URL(), page.Origin().IsOpaque(), page.UnmodelledPolicies()
	c.url, err = c.page.Parse(q.Init.URL)
	return c, err
}

// Page returns the URL of the page.
func (c *Call) Page() origin.URL { return c.page }

// URL returns the URL that the page requests.
func (c *Call) URL() origin.URL { return c.url }

// Origin returns the page's origin as the server receives it.
func (c *Call) Origin() string {
	if c.opaque {
		return "null"
	}
	return c.page.Origin().String()
}

// Ask makes the call in each browser and reports the results. It calls the function
// transport once for each browser.
func (c *Call) Ask(ctx context.Context, transport func() fetch.Transport) (*report.Report, error) {
	r, err := c.askAll(ctx, transport)
	if err != nil {
		return nil, err
	}
	return r, c.addRepair(ctx, nil, r)
}

// askAll makes the call in each browser.
func (c *Call) askAll(ctx context.Context, transport func() fetch.Transport) (*report.Report, error) {
	r := c.newReport()
	for _, p := range c.Profiles {
		run, err := c.run(ctx, p, transport(), r)
		if err != nil {
			return nil, err
		}
		r.Runs = append(r.Runs, run)
	}
	return r, nil
}

// newReport returns a report of the call without runs.
func (c *Call) newReport() *report.Report {
	r := &report.Report{Call: report.Call{
		Method: c.method(), URL: c.url.String(), Page: c.page.String(), Origin: c.Origin(),
		Credentials: c.Init.Credentials, Mode: c.Init.Mode, Times: c.Repeat, AnyOrigin: c.AnyOrigin,
	}}
	for _, h := range c.Init.Header {
		if fetch.IsForbiddenRequestHeader(h.Name, h.Value) {
			r.AddNote("script cannot set the header %s; browsers leave it out", h.Name)
		}
	}
	for _, name := range c.unmodelled {
		r.AddNote("the page's header %s has no effect here: corsim does not know its policy", name)
	}
	return r
}

// method returns the method as fetch() normalizes it.
func (c *Call) method() string {
	switch method := c.Init.Method; {
	case method == "" && !c.Init.MethodEmpty:
		return "GET"
	case fetch.IsMethod(method):
		return fetch.NormalizeMethod(method)
	default:
		return method
	}
}

// run makes the call in one browser, as often as the question says. It adds notes
// about cookies that the browser does not accept.
func (c *Call) run(ctx context.Context, p *browser.Profile, t fetch.Transport, r *report.Report) (report.Run, error) {
	out := report.Run{Profile: p}
	b := browser.New(p, c.Network.options(c.page)...)
	for _, cookie := range c.Cookies {
		if err := b.SetCookie(c.url, cookie); err != nil {
			r.AddNote("%s does not accept the %s", p.Name(), err)
		}
	}
	page, err := b.Open(c.page.String(), append(c.options[:len(c.options):len(c.options)], browser.WithTransport(t))...)
	if err != nil {
		return out, &FieldError{"from", err}
	}
	for i := range c.Repeat {
		if i > 0 {
			b.Advance(c.Pause)
		}
		result, err := page.Fetch(ctx, c.Init)
		if err != nil {
			return out, err
		}
		out.Results = append(out.Results, result)
	}
	out.Asks, err = c.Network.question(ctx, out.Decisive())
	c.Network.note(c.page, out.Decisive(), r)
	return out, err
}

// addRepair adds the repair that helps in all browsers of a report. A model is asked for
// the responses that were not seen; without one, unseen is nil.
func (c *Call) addRepair(ctx context.Context, unseen fetch.Transport, r *report.Report) (err error) {
	profiles := make([]*browser.Profile, len(r.Runs))
	for i := range r.Runs {
		profiles[i] = r.Runs[i].Profile
	}
	result := toRepair(r)
	if result == nil {
		return nil
	}
	r.Repair, err = explain.RepairsAsking(ctx, unseen, result, profiles...)
	if r.Repair.URL != "" {
		r.Repair.Try = c.Command(r.Repair.URL)
	}
	return err
}

// toRepair returns the first result that a change may help: a blocked one, or else one in
// which the browser asks its user; nil if there is none.
func toRepair(r *report.Report) (asking *browser.Result) {
	for i := range r.Runs {
		run := &r.Runs[i]
		switch {
		case (run.HasVerdict() || run.Asks != nil) && report.IsBlocked(run.Decisive()):
			return run.Decisive()
		case run.Asks != nil && asking == nil:
			asking = run.Asks.Open
		}
	}
	return asking
}
