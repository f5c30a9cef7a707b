package explain_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// TestExplainReason checks that every reason has words, a step and causes.
func TestExplainReason(t *testing.T) {
	for _, reason := range fetch.Reasons() {
		e := explain.ExplainReason(reason)
		assert.Check(t, e.Reason == reason)
		assert.Check(t, strings.HasSuffix(e.Sentence, ".") && !strings.ContainsAny(e.Sentence, "{}"), "%s: sentence %q", reason, e.Sentence)
		assert.Check(t, e.Step.Anchor != "", "%s has no step", reason)
		assert.Check(t, e.Reached.Sentence() != "", "%s does not say how far the request gets", reason)
		assert.Check(t, len(e.Causes) > 0, "%s has no cause", reason)
		for _, c := range e.Causes {
			assert.Check(t, c.Code != "" && c.Text != "", "%s: cause %q has no text", reason, c.Code)
		}
	}
}

const acao = "Access-Control-Allow-Origin: "

// TestExplain checks the explanations of exchanges.
func TestExplain(t *testing.T) {
	patch := browser.FetchInit{URL: users, Method: "patch"}
	for _, c := range []struct {
		name     string
		page     string // the default is https://myapp.com
		server   server
		init     browser.FetchInit
		sentence string
		reached  explain.Reached
		causes   []explain.CauseCode
	}{
		{
			name: "no-cors-at-all", init: simple, server: server{"GET " + users: answer(200)},
			sentence: "The response to GET https://api.example.com/users has no Access-Control-Allow-Origin header, so the browser does not let the page read it.",
			reached:  explain.ReachedServer, causes: []explain.CauseCode{explain.CauseNotConfigured},
		},
		{
			name: "origin-not-on-the-list", init: simple, server: server{"GET " + users: answer(200, "Vary: Origin")},
			sentence: "The response to GET https://api.example.com/users has no Access-Control-Allow-Origin header, so the browser does not let the page read it.",
			reached:  explain.ReachedServer, causes: []explain.CauseCode{explain.CauseOriginNotListed},
		},
		{
			name: "error-page", init: simple, server: server{"GET " + users: answer(500)},
			sentence: "The response to GET https://api.example.com/users has no Access-Control-Allow-Origin header, so the browser does not let the page read it.",
			reached:  explain.ReachedServer, causes: []explain.CauseCode{explain.CauseErrorPage, explain.CauseNotConfigured},
		},
		{
			name: "login", init: simple, server: server{"GET " + users: answer(302, "Location: /login?next=/users")},
			sentence: "The response to GET https://api.example.com/users has no Access-Control-Allow-Origin header, so the browser does not follow its redirect.",
			reached:  explain.ReachedServer, causes: []explain.CauseCode{explain.CauseLoginRedirect, explain.CauseNotConfigured},
		},
		{
			name: "authentication-before-preflight", init: put, server: server{"OPTIONS " + users: answer(401)},
			sentence: "The response to the preflight (OPTIONS https://api.example.com/users) has no Access-Control-Allow-Origin header, so the browser does not send the PUT request.",
			reached:  explain.ReachedPreflight, causes: []explain.CauseCode{explain.CausePreflightAuth, explain.CauseNotConfigured},
		},
		{
			name: "framework-answers-405", init: put, server: server{"OPTIONS " + users: answer(405, acao+myapp)},
			sentence: "The response to the preflight (OPTIONS https://api.example.com/users) has the status 405, but a preflight needs one from 200 to 299, so the browser does not send the PUT request.",
			reached:  explain.ReachedPreflight, causes: []explain.CauseCode{explain.CauseOptionsNotHandled},
		},
		{
			name: "trailing-slash", init: simple, server: server{"GET " + users: answer(200, acao+myapp+"/", "Vary: Origin")},
			sentence: `The response to GET https://api.example.com/users allows the origin "https://myapp.com/", but the page's is "https://myapp.com", so the browser does not let the page read it.`,
			reached:  explain.ReachedServer, causes: []explain.CauseCode{explain.CauseTrailingSlash},
		},
		{
			name: "scheme", init: simple, server: server{"GET " + users: answer(200, acao+"http://myapp.com", "Vary: Origin")},
			sentence: `The response to GET https://api.example.com/users allows the origin "http://myapp.com", but the page's is "https://myapp.com", so the browser does not let the page read it.`,
			reached:  explain.ReachedServer, causes: []explain.CauseCode{explain.CauseScheme, explain.CauseConstant},
		},
		{
			name: "port", page: "http://localhost:3000/", init: simple, server: server{"GET " + users: answer(200, acao+"http://localhost:3001", "Vary: Origin")},
			sentence: `The response to GET https://api.example.com/users allows the origin "http://localhost:3001", but the page's is "http://localhost:3000", so the browser does not let the page read it.`,
			reached:  explain.ReachedServer, causes: []explain.CauseCode{explain.CausePortDiffers, explain.CauseConstant},
		},
		{
			name: "www", init: simple, server: server{"GET " + users: answer(200, acao+"https://www.myapp.com", "Vary: Origin")},
			sentence: `The response to GET https://api.example.com/users allows the origin "https://www.myapp.com", but the page's is "https://myapp.com", so the browser does not let the page read it.`,
			reached:  explain.ReachedServer, causes: []explain.CauseCode{explain.CauseWWW, explain.CauseConstant},
		},
		{
			name: "two-proxies", init: simple, server: server{"GET " + users: answer(200, acao+myapp, acao+myapp)},
			sentence: `The response to GET https://api.example.com/users has more than one value in Access-Control-Allow-Origin, "https://myapp.com, https://myapp.com", and exactly one is allowed, so the browser does not let the page read it.`,
			reached:  explain.ReachedServer, causes: []explain.CauseCode{explain.CauseTwoWriters},
		},
		{
			name: "wildcard", init: withCookies, server: server{"GET " + users: answer(200, acao+"*")},
			sentence: `The response to GET https://api.example.com/users allows every origin with "*", which does not cover requests with credentials; it would have to name "https://myapp.com", so the browser does not let the page read it.`,
			reached:  explain.ReachedServer, causes: []explain.CauseCode{explain.CauseWildcard, explain.CauseCredentialsUnneeded},
		},
		{
			name: "lower-case-patch", init: patch, server: server{"OPTIONS " + users: answer(204, acao+"*", "Access-Control-Allow-Methods: GET, PATCH")},
			sentence: `The response to the preflight (OPTIONS https://api.example.com/users) does not list the method "patch" in Access-Control-Allow-Methods, so the browser does not send the patch request.`,
			reached:  explain.ReachedPreflight, causes: []explain.CauseCode{explain.CauseLowerCaseMethod, explain.CauseNotListed},
		},
		{
			name: "authorization-under-wildcard", init: put,
			server:   server{"OPTIONS " + users: answer(204, acao+"*", "Access-Control-Allow-Methods: *", "Access-Control-Allow-Headers: *")},
			sentence: `The response to the preflight (OPTIONS https://api.example.com/users) does not list the request header "authorization" in Access-Control-Allow-Headers, so the browser does not send the PUT request.`,
			reached:  explain.ReachedPreflight, causes: []explain.CauseCode{explain.CauseAuthorization, explain.CauseNotListed},
		},
		{
			name: "proxy-that-forgets-tls", init: simple, server: server{"GET " + users: answer(301, acao+"*", "Location: http://api.example.com/users/")},
			sentence: `This is mixed content: the page was loaded securely, and "http://api.example.com/users/" is an insecure URL.`,
			reached:  explain.ReachedRedirect, causes: []explain.CauseCode{explain.CauseProxyForgetsTLS},
		},
		{
			name: "no-answer", init: simple, server: server{},
			sentence: "No response came from https://api.example.com/users.",
			reached:  explain.ReachedUnknown, causes: []explain.CauseCode{explain.CauseClosed},
		},
		{
			name: "thrown", init: browser.FetchInit{URL: "https://u:p@api.example.com/"}, server: server{},
			sentence: `"https://u:p@api.example.com/" has a user name or password in it, which is not allowed here.`,
			reached:  explain.ReachedNot, causes: []explain.CauseCode{explain.CauseUserInfo},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := c.page
			if page == "" {
				page = myapp + "/"
			}
			e, ok := explain.Explain(call(t, browser.Spec(), page, c.server, c.init))
			assert.Assert(t, ok)
			assert.Check(t, e.Sentence == c.sentence, "%s", e.Sentence)
			assert.Check(t, e.Reached == c.reached, "%s", e.Reached)
			var codes []explain.CauseCode
			for _, cause := range e.Causes {
				codes = append(codes, cause.Code)
			}
			assert.DeepEqual(t, codes, c.causes)
		})
	}
}

func TestExplainShared(t *testing.T) {
	_, ok := explain.Explain(call(t, browser.Spec(), myapp+"/", server{"GET " + users: answer(200, acao+"*")}, simple))
	assert.Assert(t, !ok)
}

func TestExplanationLines(t *testing.T) {
	e, _ := explain.Explain(call(t, browser.Spec(), myapp+"/", server{"GET " + users: answer(403)}, simple))
	assert.DeepEqual(t, e.Lines(), []string{
		"The response to GET https://api.example.com/users has no Access-Control-Allow-Origin header, so the browser does not let the page read it.",
		"decided by https://fetch.spec.whatwg.org/#concept-cors-check step 2",
		"sent: the request reached the server, which may have acted on it; only the response is hidden from the page",
		"the response has the status 403",
		"likely: the server refused the request (401 or 403) before it added the CORS headers: CORS has to come before authentication",
		"or: the server sends no CORS headers for this URL: CORS has to be configured for it",
	})
}
