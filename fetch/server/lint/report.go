package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
)

// Report is what a run found, what it tried, and what it could not try.
type Report struct {
	// Findings holds the most serious first.
	Findings []Finding
	// Questions is the number of questions that pages asked, Sent the number of
	// requests that reached the server for them.
	Questions, Sent int
	// Incomplete says why the absence of a finding does not mean that all is well;
	// empty when every rule was answered.
	Incomplete []string
	// Origin is the origin that was taken to be the one to allow; "" when none is
	// known.
	Origin string
	// Need is what the server has to allow for the trusted page; zero when no origin
	// is known.
	Need server.Need
}

// Worst returns the highest severity of the findings; ok is false when there is no
// finding.
func (r *Report) Worst() (s Severity, ok bool) {
	for _, f := range r.Findings {
		s = max(s, f.Severity)
	}
	return s, len(r.Findings) > 0
}

// Finding is one thing that is wrong.
type Finding struct {
	// Rule is the ID of the rule.
	Rule     string
	Severity Severity
	Proof    Proof
	// Position is the line that decided; zero without a model.
	Position server.Position
	// Text says what is wrong, with the values at hand, and Fix what to do.
	Text, Fix string
	// Edits are changes of the configuration after which the finding is gone; nil when
	// none is known. Package fix finds them.
	Edits []server.Edit
	// URL is the URL that was requested.
	URL string
	// Origin is the origin of the page that made the request; "" when no page made
	// it.
	Origin string
	// SharedIn holds the names of the browsers that share the response with a page
	// at Origin. CookiesIn holds the names of those that also send the user's
	// cookies.
	SharedIn, CookiesIn []string
	// Credentials reports whether the request was made with credentials.
	Credentials bool
	// Evidence is the exchange that shows the finding; nil when the proof is static.
	Evidence *browser.Exchange
}

// String returns the finding with its evidence in several lines.
func (f Finding) String() string {
	var w strings.Builder
	if at := f.Position.String(); at != "" {
		w.WriteString(at + ": ")
	}
	fmt.Fprintf(&w, "%s: %s: %s\n", f.Severity, f.Rule, f.Text)
	if f.Fix != "" {
		fmt.Fprintf(&w, "  fix: %s\n", f.Fix)
	}
	for _, e := range f.Edits {
		fmt.Fprintf(&w, "    %s\n", strings.ReplaceAll(e.String(), "\n", "\n    "))
	}
	if f.Origin != "" {
		fmt.Fprintf(&w, "  %s\n", f.reach())
	}
	if f.Evidence != nil {
		report.WriteExchange(&w, report.Style{}, f.Evidence)
	}
	return strings.TrimRight(w.String(), "\n")
}

// reach says in which browsers the page can read the evidence.
func (f *Finding) reach() string {
	if !f.Credentials {
		return f.sharedBy("without credentials", "")
	}
	return f.sharedBy("with credentials", f.cookieWords())
}

func (f *Finding) sharedBy(how, more string) string {
	if len(f.SharedIn) == 0 {
		return fmt.Sprintf("no browser shares this response with a page at %s for a request %s", f.Origin, how)
	}
	return fmt.Sprintf("shared with a page at %s for a request %s, in %s%s", f.Origin, how, strings.Join(f.SharedIn, ", "), more)
}

// cookieWords says which browsers send the user's cookies.
func (f *Finding) cookieWords() string {
	switch {
	case len(f.CookiesIn) == 0:
		return "; without the user's cookies"
	case len(f.CookiesIn) < len(f.SharedIn):
		return "; with the user's cookies in " + strings.Join(f.CookiesIn, ", ")
	}
	return "; with the user's cookies"
}

// need returns what the server has to allow for the trusted page: what it already
// lists, and the call that was named.
func (p *prober) need() server.Need {
	if p.trusted == nil || p.trusted.from == browser.NullPage {
		return server.Need{}
	}
	n := server.Need{Origin: p.trusted.from, Credentials: p.allowsCredentials() || p.Credentials == fetch.CredentialsInclude}
	for _, e := range p.attempts {
		if e.from != p.trusted.from {
			continue
		}
		for _, x := range e.exchanges() {
			switch {
			case x.Response == nil:
			case x.Kind == browser.ExchangePreflight:
				n.KeepPreflight(x.Response.Header)
			default:
				n.KeepActual(x.Response.Header)
			}
		}
	}
	if p.callIsNamed() {
		n.Methods = added(n.Methods, p.Method)
		for _, h := range p.Header {
			n.Headers = added(n.Headers, h.Name)
		}
	}
	return n
}

// added returns a list with one more name, unless it has it.
func added(list []string, name string) []string {
	if name == "" || slices.ContainsFunc(list, func(s string) bool { return fetch.EqualFold(s, name) }) {
		return list
	}
	return append(list, name)
}
