package corstest

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// Policy is a table of who may do what.
type Policy []Rule

// Rule is one row of a [Policy]: it expects the same of every combination of
// its origins, methods and credentials modes.
type Rule struct {
	// Name is the subtest's name; "" makes one from the row.
	Name string
	// From are the pages' origins, one at least; "null" is a sandboxed page.
	From []string
	// Methods are tried in turn; none is GET alone.
	Methods []string
	// URL is what is asked for, relative to the server's.
	URL string
	// Header goes with every request.
	Header fetch.HeaderList
	// Credentials are tried in turn; none is "same-origin" alone, which sends
	// none across origins.
	Credentials []fetch.CredentialsMode
	// Options apply to every request.
	Options []RequestOption
	// Want is what each of them must come to.
	Want Expectation
}

// runner is what subtests need: a *testing.T or a *testing.B.
type runner[T any] interface {
	TB
	Run(name string, f func(T)) bool
}

// CheckPolicy holds the server against a policy, each rule in a subtest. Every
// request comes from a page in a browser of its own.
func CheckPolicy[T runner[T]](t T, s *Server, policy Policy) {
	t.Helper()
	for _, rule := range policy {
		t.Run(rule.name(), func(t T) {
			t.Helper()
			if len(rule.From) == 0 {
				t.Fatalf("corstest: the rule names no origin in From, so that it checks nothing")
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

// check makes all requests of a rule from one origin.
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

// name makes a subtest's name from what the rule is about.
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
