package corstest

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// RequestOption changes what script passes to fetch(). A test can also write its
// own.
type RequestOption func(*browser.FetchInit)

// Header adds a request header. As in a browser, a forbidden header is ignored
// without an error.
func Header(name, value string) RequestOption {
	return func(init *browser.FetchInit) {
		init.Header = append(init.Header[:len(init.Header):len(init.Header)], fetch.Header{Name: name, Value: value})
	}
}

// Body sets the request's body and its Content-Type. When the type is "", the
// browser sends text/plain;charset=UTF-8.
func Body(contentType, text string) RequestOption {
	return func(init *browser.FetchInit) {
		init.Body = browser.Text(text)
		if contentType != "" {
			Header("Content-Type", contentType)(init)
		}
	}
}

// JSON sets a body with the type application/json.
func JSON(text string) RequestOption { return Body("application/json", text) }

// WithCredentials sends cookies across origins: credentials: "include".
func WithCredentials() RequestOption { return Credentials(fetch.CredentialsInclude) }

// Credentials sets the credentials mode. The default is "same-origin".
func Credentials(mode fetch.CredentialsMode) RequestOption {
	return func(init *browser.FetchInit) { init.Credentials = mode }
}

// Mode sets the mode. The default is "cors".
func Mode(mode browser.InitMode) RequestOption {
	return func(init *browser.FetchInit) { init.Mode = mode }
}

// Redirect sets the redirect mode. The default is "follow".
func Redirect(mode fetch.RedirectMode) RequestOption {
	return func(init *browser.FetchInit) { init.Redirect = mode }
}
