package corstest

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// Policy is a table of who may do what.
type Policy []Rule

// Rule is one row of a [Policy]. It expects the same of every combination of its
// origins, methods and credentials modes.
type Rule struct {
	// Name is the name of the subtest; when it is "", the name is made from the
	// row.
	Name string
	// From holds the origins of the pages, at least one; "null" is a sandboxed page.
	From []string
	// Methods holds the methods to try; nil means only GET.
	Methods []string
	// URL is the URL to request, relative to the server's URL.
	URL string
	// Header holds headers that script sets in every request.
	Header fetch.HeaderList
	// Credentials holds the credentials modes to try; nil means only "same-origin",
	// which sends no credentials to another origin.
	Credentials []fetch.CredentialsMode
	// Options apply to every request.
	Options []RequestOption
	// Want is the expectation for each request.
	Want Expectation
}

// runner can run subtests: a *testing.T or a *testing.B.
type runner[T any] interface {
	TB
	Run(name string, f func(T)) bool
}

// CheckPolicy checks that the server follows a policy. Each rule is a subtest. Every
// request comes from a page in a new browser.
func CheckPolicy[T runner[T]](t T, s *Server, policy Policy) {
	t.Helper()
	for _, rule := range policy {
		t.Run(rule.name(), func(t T) {
			t.Helper()
			if len(rule.From) == 0 {
				t.Fatalf("corstest: the rule has no origin in From, so it checks nothing")
			}
			for _, from := range rule.From {
				rule.check(t, s.on(t), from)
			}
		})
	}
}

// on returns the server for another test.
func (s *Server) on(tb TB) *Server {
	out := *s
	out.tb = tb
	return &out
}

// check makes all requests of a rule from one origin, and checks the results.
func (r *Rule) check(tb TB, s *Server, from string) {
	tb.Helper()
	modes := r.Credentials
	if len(modes) == 0 {
		modes = []fetch.CredentialsMode{fetch.CredentialsSameOrigin}
	}
	var options []RequestOption
	for _, h := range r.Header {
		options = append(options, Header(h.Name, h.Value))
	}
	options = append(options, r.Options...)
	for _, method := range r.methods() {
		for _, mode := range modes {
			all := append(options[:len(options):len(options)], Credentials(mode))
			Check(tb, s.From(from).Fetch(method, r.URL, all...), r.Want)
		}
	}
}

func (r *Rule) methods() []string {
	if len(r.Methods) == 0 {
		return []string{"GET"}
	}
	return r.Methods
}

// name returns the name of the rule's subtest.
func (r *Rule) name() string {
	if r.Name != "" {
		return r.Name
	}
	parts := []string{strings.Join(r.methods(), ","), r.URL, "from", strings.Join(r.From, ",")}
	for _, h := range r.Header {
		parts = append(parts, h.Name)
	}
	for _, mode := range r.Credentials {
		parts = append(parts, mode.String())
	}
	return strings.TrimSpace(strings.Join(append(parts, r.Want.text), " "))
}
