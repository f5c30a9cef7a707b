package browser

import (
	"encoding/base64"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// mayAuthenticate reports whether a browser answers a 401 with a user name and a
// password.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
func (f *fetcher) mayAuthenticate(req *fetch.Request, resp *fetch.Response) bool {
	// Firefox: the URL's own are sent with and without credentials (url-credentials-answer-any-challenge).
	if f.rules().URLCredentialsAnswerAnyChallenge {
		return hasBasicChallenge(resp)
	}
	return req.Tainting != fetch.TaintingCORS && f.rules().includesCredentials(req)
}

// hasBasicChallenge reports whether a response asks for a user name and a password
// in the scheme Basic.
// https://www.rfc-editor.org/rfc/rfc9110#field.www-authenticate
func hasBasicChallenge(resp *fetch.Response) bool {
	for _, value := range resp.Header.Values("WWW-Authenticate") {
		scheme, _, _ := strings.Cut(strings.TrimLeft(value, " \t,"), " ")
		if fetch.EqualFold(scheme, "Basic") {
			return true
		}
	}
	return false
}

// answersChallenge reports whether the URL's user name and password answer a
// 401.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
func answersChallenge(req *fetch.Request) bool {
	return req.UseURLCredentials && req.CurrentURL().HasCredentials() && !req.Header.Contains("Authorization")
}

// basicCredentials returns the value of the Authorization header for the URL's
// user name and password.
func basicCredentials(req *fetch.Request) string {
	u := req.CurrentURL()
	return basic(origin.PercentDecode(u.Username()), origin.PercentDecode(u.Password()))
}

// basic returns the value of the Authorization header for a user name and a password.
// https://www.rfc-editor.org/rfc/rfc7617#section-2
func basic(user, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}
