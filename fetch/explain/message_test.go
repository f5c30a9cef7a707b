package explain_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/explain/console"
)

// TestExplainLine checks the causes that follow from a message.
func TestExplainLine(t *testing.T) {
	for _, c := range []struct {
		name, text, sentence string
		cause                explain.CauseCode
	}{
		{
			name: "scheme",
			text: "Access to fetch at 'https://a.example/' from origin 'https://myapp.com' has been blocked by CORS policy: " +
				"The 'Access-Control-Allow-Origin' header has a value 'http://myapp.com' that is not equal to the supplied origin.",
			sentence: `The response from https://a.example/ allows the origin "http://myapp.com", but the page's is "https://myapp.com", so the browser does not let the page read it.`,
			cause:    explain.CauseScheme,
		},
		{
			name: "tainted-by-redirects",
			text: "Access to fetch at 'https://b.example/' (redirected from 'https://a.example/') from origin 'https://myapp.com' has been blocked by CORS policy: " +
				"The 'Access-Control-Allow-Origin' header has a value 'https://myapp.com' that is not equal to the supplied origin.",
			sentence: `The response from https://b.example/ allows the origin "https://myapp.com", but the page's is "null", so the browser does not let the page read it.`,
			cause:    explain.CauseNullOrigin,
		},
		{
			name: "page-that-is-not-there",
			text: "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://a.example/. " +
				"(Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 404.",
			sentence: "The response from https://a.example/ has no Access-Control-Allow-Origin header, so the browser does not let the page read it.",
			cause:    explain.CauseNotFound,
		},
		{
			name: "lower-case-method",
			text: "Access to fetch at 'https://a.example/' from origin 'https://myapp.com' has been blocked by CORS policy: " +
				"Method patch is not allowed by Access-Control-Allow-Methods in preflight response.",
			sentence: `The response to the preflight (OPTIONS https://a.example/) does not list the method "patch" in Access-Control-Allow-Methods, so the browser does not send the request.`,
			cause:    explain.CauseLowerCaseMethod,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, ok := console.Best(console.Recognize(c.text))
			assert.Assert(t, ok)
			e, ok := explain.ExplainLine(&m)
			assert.Assert(t, ok)
			assert.Equal(t, e.Sentence, c.sentence)
			assert.Equal(t, e.Causes[0].Code, c.cause)
		})
	}
}

// TestExplainLineCauses checks that the causes which a message refutes are left
// out, and that those which only the exchange could refute remain.
func TestExplainLineCauses(t *testing.T) {
	const chromium = "Access to fetch at 'https://a.example/' from origin 'https://myapp.com' has been blocked by CORS policy: "
	for name, c := range map[string]struct {
		text string
		want []explain.CauseCode
	}{
		"chromium-says-when-it-was-the-preflight": {
			text: chromium + "Response to preflight request doesn't pass access control check: It does not have HTTP ok status.",
			want: []explain.CauseCode{
				explain.CausePreflightAuth, explain.CauseOptionsNotHandled, explain.CauseRouteUnknown, explain.CauseRateLimit, explain.CauseGateway, explain.CauseErrorPage,
			},
		},
		"a-method-in-lower-case-is-shown": {
			text: chromium + "Method patch is not allowed by Access-Control-Allow-Methods in preflight response.",
			want: []explain.CauseCode{explain.CauseLowerCaseMethod, explain.CauseNotListed, explain.CauseWildcard, explain.CauseNoList},
		},
		"a-status-is-shown": {
			text: "Preflight response is not successful. Status code: 401",
			want: []explain.CauseCode{explain.CausePreflightAuth},
		},
		"an-origin-is-compared": {
			text: chromium + "The 'Access-Control-Allow-Origin' header has a value 'https://other.example' that is not equal to the supplied origin.",
			want: []explain.CauseCode{explain.CauseConstant, explain.CauseCachedForOther},
		},
	} {
		t.Run(name, func(t *testing.T) {
			m, ok := console.Best(console.Recognize(c.text))
			assert.Assert(t, ok)
			e, ok := explain.ExplainLine(&m)
			assert.Assert(t, ok)
			var codes []explain.CauseCode
			for _, cause := range e.Causes {
				codes = append(codes, cause.Code)
			}
			assert.DeepEqual(t, codes, c.want)
		})
	}
}
