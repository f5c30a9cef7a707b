package ask

import (
	"errors"
	"fmt"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// Overrides replace what a captured call shows. A zero field replaces nothing.
type Overrides struct {
	// CallQuestion has the page, the mode in Init, more cookies, the browsers and the
	// number of calls.
	CallQuestion
	// Credentials is the credentials mode; nil means that of the captured call.
	Credentials *fetch.CredentialsMode
}

// Captured returns the call that a captured call shows, and notes about what it
// assumes.
func Captured(captured *capture.Call, o Overrides) (c *Call, notes []string, err error) {
	q, notes := o.CallQuestion, captured.Notes
	mode := q.Init.Mode
	q.Init = captured.Init
	if mode != "" {
		q.Init.Mode = mode
	}
	switch {
	case o.Credentials != nil:
		q.Init.Credentials = *o.Credentials
	case !captured.KnowsCredentials && q.Init.Credentials == fetch.CredentialsSameOrigin:
		notes = append(notes, `the input does not show the credentials mode; "same-origin" is assumed`)
	}
	if q.From == "" {
		q.From = captured.Page
		if captured.PageFromReferrer {
			notes = append(notes, "the page is taken from the referrer: "+captured.Page)
		}
	}
	c, err = NewCall(q)
	wrong, ok := errors.AsType[*FieldError](err)
	switch {
	case ok && q.From == "":
		return nil, nil, &FieldError{wrong.Field, errors.New("the input does not name the page that made the request")}
	case ok && o.From == "":
		return nil, nil, fmt.Errorf("the page that the input names: %w", wrong.Err)
	case err != nil:
		return nil, nil, err
	}
	for _, cookie := range captured.Cookies {
		c.Cookies = append(c.Cookies, sentAnywhere(c.url, cookie))
	}
	return c, notes, nil
}

// sentAnywhere returns a cookie with attributes with which a browser sends it
// whenever it may send cookies.
func sentAnywhere(u origin.URL, cookie string) string {
	if u.Scheme() == "https" {
		return cookie + "; Path=/; Secure; SameSite=None"
	}
	return cookie + "; Path=/"
}
