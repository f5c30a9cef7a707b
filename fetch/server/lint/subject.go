package lint

import (
	"context"
	"fmt"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// Subject is a server with what is known about it.
type Subject struct {
	// Server answers the requests: a live server, a handler or a model.
	Server fetch.Transport
	// Model is the configuration that Server was read from; nil when there is none.
	// Unless Server is this model itself, only GET, HEAD and preflights are sent.
	Model *server.Model
	// Text is the text of the configuration's file with the name File, for the rules that
	// look for what has no effect; "" when there is none.
	Text, File string
	// URLs are the URLs that the pages request with GET, at least one.
	URLs []string
	// Origin is the origin that the server should allow, "null" for sandboxed pages,
	// or the URL of a page. When it is "", it is the first that the model's facts or
	// the server's responses name; without one, the rules about a trusted page do
	// not apply.
	Origin string
	// Origins are origins that may be meant to be allowed, such as those that the text
	// of a configuration names. When Origin is "", the first of them that reads
	// anything is taken.
	Origins []string
	// Method, Header and Credentials are the call that the page needs. When method
	// and header are zero, the usual calls of pages are tried.
	Method      string
	Header      fetch.HeaderList
	Credentials fetch.CredentialsMode
	// Cookies are the user's cookies from the server, as in Set-Cookie; nil means
	// one that browsers send whenever they send any.
	Cookies []string
	// Profiles are the browsers that make the requests; nil means Chromium, Firefox
	// and WebKit.
	Profiles []*browser.Profile
	// Pace is called before each request that is sent; nil sends them one after the
	// other without a pause. Its error ends the run.
	Pace func(context.Context) error
}

// callIsNamed reports whether the user named the call that a page needs.
func (s *Subject) callIsNamed() bool { return s.Method != "" || s.Header != nil }

// complete checks a subject and fills in what it leaves out.
func (s Subject) complete() (*Subject, error) {
	if len(s.URLs) == 0 {
		return nil, fmt.Errorf("no URL to request")
	}
	for _, text := range s.URLs {
		u, err := origin.ParseURL(text)
		if err != nil {
			return nil, err
		}
		if !u.IsHTTP() {
			return nil, fmt.Errorf("%s: not an http: or https: URL", u)
		}
	}
	if s.Origin != "" && s.Origin != browser.NullPage {
		o, err := origin.ParseURL(s.Origin)
		if err != nil {
			return nil, err
		}
		s.Origin = o.Origin().String()
	}
	if s.callIsNamed() && s.Method == "" {
		s.Method = "GET"
	}
	if len(s.Profiles) == 0 {
		s.Profiles = []*browser.Profile{browser.Chromium(), browser.Firefox(), browser.WebKit()}
	}
	return &s, nil
}
