package scenario

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// Document is a top-level document: the scenario's first one, or that of a
// [PageStep].
type Document struct {
	URL string
	// Sandboxed gives the document an opaque origin.
	Sandboxed bool
	// Header holds the document's response headers: the header Referrer-Policy, and
	// those with other policies.
	Header fetch.HeaderList
}

// check returns the error of a document with policies that are not modelled: what
// it may do would be a guess.
func (d *Document) check() error {
	u, err := origin.ParseURL(d.URL)
	if err != nil || len(d.Header) == 0 {
		return nil // the URL is checked where the document is opened
	}
	_, unmodelled := policy.Parse(u, d.Header)
	if len(unmodelled) == 0 {
		return nil
	}
	return under("pageHeaders", notSimulatedError(unmodelled[0], "the policies of this header of a page"))
}

// open opens a document.
func (s *Session) open(d *Document) (*browser.Page, error) {
	options := []browser.PageOption{browser.WithTransport(s.transport)}
	if s.serviceWorker != nil {
		options = append(options, browser.WithServiceWorker(s.serviceWorker))
	}
	if d.Sandboxed {
		options = append(options, browser.WithSandbox())
	}
	if len(d.Header) > 0 {
		options = append(options, browser.WithHeaders(d.Header))
	}
	return s.browser.Open(d.URL, options...)
}

// PageStep navigates to another document, in which the later steps run.
type PageStep struct{ Document }

// Key returns "page".
func (*PageStep) Key() string { return "page" }

// documentKeys are the keys of a document beside its URL.
var documentKeys = []string{"sandboxed", "referrerPolicy", "pageHeaders"}

// documentMember takes the value of one of the keys in documentKeys.
func (s *scanner) documentMember(key string, out *Document) error {
	switch key {
	case "sandboxed":
		sandboxed, err := s.bool()
		out.Sandboxed = sandboxed
		return err
	case "referrerPolicy":
		value, err := s.bytes()
		out.Header.Append(policy.HeaderReferrerPolicy, value)
		return err
	}
	return s.headers(&out.Header)
}
