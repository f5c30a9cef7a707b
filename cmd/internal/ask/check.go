package ask

import (
	"context"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
)

// CheckOptions say how requests are sent to a server.
type CheckOptions struct {
	// Each sends the requests of every browser. Otherwise requests that several
	// browsers have in common are sent once, and all of them get that response.
	Each bool
}

// Check makes a call to a live server. A browser for which the transport returns an
// [*server.UnknownError] has no verdict.
func Check(ctx context.Context, c *Call, live fetch.Transport, o CheckOptions) (*report.Report, error) {
	certain := func(*fetch.WireResponse) *server.UnknownError { return nil }
	r, reused, err := c.watch(ctx, live, o, certain)
	if err != nil {
		return nil, err
	}
	if reused > 0 {
		r.Remarks = append(r.Remarks, "some requests are the same in several browsers; corsim sent each of these once, and all browsers got the same response")
	}
	noteCredentials(c, r)
	return r, nil
}

// noteCredentials adds notes about what is missing for a request with credentials.
func noteCredentials(c *Call, r *report.Report) {
	if c.Init.Credentials == fetch.CredentialsInclude && len(c.Cookies) == 0 {
		r.AddNote("the request is sent with credentials, but no cookie is given: a server that looks for a session finds none")
	}
	for _, run := range r.Runs {
		for _, result := range run.Results {
			if isChallenged(result) {
				r.AddNote("the server asks for a user name and a password; a browser may ask the user for them, corsim does not")
			}
		}
	}
}

// isChallenged reports whether a server asked for a user name and a password.
func isChallenged(r *browser.Result) bool {
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		if x.Response != nil && x.Response.Status == 401 && x.Response.Header.Contains("WWW-Authenticate") && x.Kind == browser.ExchangeActual {
			return true
		}
	}
	return false
}
