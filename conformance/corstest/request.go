package corstest

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// RequestOption changes what script passes to fetch(). Any function of this
// form will do besides those below.
type RequestOption func(*browser.FetchInit)

// Header adds a request header. As in a browser, forbidden ones are dropped
// without a word.
func Header(name, value string) RequestOption {
	return func(init *browser.FetchInit) {
		init.Header = append(init.Header[:len(init.Header):len(init.Header)], fetch.Header{Name: name, Value: value})
	}
}

// Body gives the request a body and says its Content-Type; "" leaves that to
// the browser, which says text/plain;charset=UTF-8.
func Body(contentType, text string) RequestOption {
	return func(init *browser.FetchInit) {
		init.Body = &text
		if contentType != "" {
			Header("Content-Type", contentType)(init)
		}
	}
}

// JSON gives the request a body of type application/json.
func JSON(text string) RequestOption { return Body("application/json", text) }

// WithCredentials sends cookies across origins: credentials: "include".
func WithCredentials() RequestOption { return Credentials(fetch.CredentialsInclude) }

// Credentials sets the credentials mode, which is "same-origin" otherwise.
func Credentials(mode fetch.CredentialsMode) RequestOption {
	return func(init *browser.FetchInit) { init.Credentials = mode }
}

// Mode sets the mode, which is "cors" otherwise.
func Mode(mode browser.InitMode) RequestOption {
	return func(init *browser.FetchInit) { init.Mode = mode }
}

// Redirect sets the redirect mode, which is "follow" otherwise.
func Redirect(mode fetch.RedirectMode) RequestOption {
	return func(init *browser.FetchInit) { init.Redirect = mode }
}
