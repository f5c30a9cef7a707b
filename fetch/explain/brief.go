package explain

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/textfmt"
)

// Verdict returns the result of a call in one phrase: its outcome, and the
// reason if it failed, such as "blocked allow-origin-missing: no
// Access-Control-Allow-Origin header". A shared response with an error status is
// "shared, but with status 500".
func Verdict(r *browser.Result) string {
	switch {
	case r.Failure != nil:
		return r.Outcome.String() + " " + Brief(r.Failure)
	case isSharedError(r):
		return textfmt.Sprintf("%s, but with status %d", r.Outcome, r.Response.Status)
	}
	return r.Outcome.String()
}

// isSharedError reports whether script gets a response with an error status.
func isSharedError(r *browser.Result) bool {
	return r.Outcome == browser.Shared && (r.API == browser.APIFetch || r.API == browser.APIXHR) && r.Response != nil && r.Response.Status >= 400
}

// SharedMessage returns the beginning of the text of an error page that script gets;
// "" for other results.
func SharedMessage(r *browser.Result) string {
	n := len(r.Trace.Exchanges)
	if !isSharedError(r) || n == 0 || r.Trace.Exchanges[n-1].Response == nil {
		return ""
	}
	return pageMessage(r.Trace.Exchanges[n-1].Response)
}

// Brief returns a failure in one phrase: its reason and its values.
func Brief(f *fetch.Failure) string {
	text := string(f.Reason)
	if f.Preflight {
		text = "(preflight) " + text
	}
	if values := briefValues(f); values != "" {
		text += ": " + values
	}
	return text
}

func briefValues(f *fetch.Failure) string {
	switch f.Reason {
	case fetch.ReasonMethodNotAllowed, fetch.ReasonHeaderNotAllowed:
		return visible(f.Got) + " is not in " + f.Header
	case fetch.ReasonPreflightStatus:
		return "the status is " + f.Got + ", not one from 200 to 299"
	case fetch.ReasonPreflightRedirect:
		if f.Header != "" {
			return f.Header + " is " + cut(f.Got) + ", and browsers do not follow redirects of preflights"
		}
		return "the status is " + f.Got + ", and browsers do not follow redirects of preflights"
	case fetch.ReasonFrameAncestors:
		return "the document has " + f.Header + ": " + visible(f.Got)
	case fetch.ReasonCSP, fetch.ReasonCSPRedirect, fetch.ReasonFormAction:
		return "the page has " + f.Header + ": " + visible(f.Got)
	case fetch.ReasonNetworkFailure:
		if f.Got == "" || f.Got == fetch.ErrNoAnswer.Error() {
			return "no response arrived"
		}
		return visible(f.Got)
	}
	want := ""
	if f.Want != "" {
		want = ", not " + cut(f.Want)
	}
	switch {
	case f.Header != "" && f.Got == "" && strings.HasSuffix(string(f.Reason), "-missing"):
		return "no " + f.Header + " header"
	case f.Header != "":
		return f.Header + " is " + cut(f.Got) + want
	case f.Got != "":
		return cut(f.Got) + want
	}
	return ""
}

// visible returns a value unchanged, or quoted if a terminal would not show it
// unchanged.
func visible(value string) string {
	if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' }) {
		return cut(value)
	}
	return value
}

// cut quotes a value and shortens a long one.
func cut(s string) string {
	const most = 100
	if len(s) > most {
		return textfmt.Sprintf("%q…", s[:most])
	}
	return textfmt.Sprintf("%q", s)
}

// Why returns the reason for a call's outcome as lines: those of its
// [Explanation], or the check that its response passed.
func Why(r *browser.Result) []string {
	if e, ok := Explain(r); ok {
		return e.Lines()
	}
	if text, ok := Passed(r); ok {
		return []string{text}
	}
	return nil
}

// Passed returns the check that a response passed, with its place in the
// standard; ok is false without a response.
func Passed(r *browser.Result) (text string, ok bool) {
	if r.Response == nil {
		return "", false
	}
	if r.API == browser.APIWebSocket {
		return "the WebSocket is open: there is no CORS check, and script reads all that the server sends: " + fetch.Step{Anchor: anchorSocket}.URL(), true
	}
	p, ok := passed[r.Response.Type]
	return p.text + ": " + fetch.Step{Anchor: p.anchor}.URL(), ok
}

const anchorSocket = "websockets.spec.whatwg.org/#concept-websocket-establish"

// passed says for each response type why script gets the response.
var passed = map[fetch.ResponseType]struct{ text, anchor string }{
	fetch.ResponseBasic:  {"no request was cross-origin, so no CORS check was needed", "concept-filtered-response-basic"},
	fetch.ResponseCORS:   {"the CORS check passed", "concept-cors-check"},
	fetch.ResponseOpaque: {"mode no-cors needs no CORS check, and hides the response", "concept-filtered-response-opaque"},
	fetch.ResponseOpaqueRedirect: {
		"redirect mode manual shows only that there was a redirect", "concept-filtered-response-opaque-redirect",
	},
}

// UsedAgain says which resource of the document a call uses again without a
// request; ok is false when it uses none.
func UsedAgain(r *browser.Result) (text string, ok bool) {
	switch {
	case r.Earlier() == nil:
		return "", false
	case r.Preload() != nil:
		return "a preload of the document has fetched it already", true
	case r.Failure != nil:
		return "the document remembers that this module could not be loaded", true
	}
	return "the document has loaded it already: it is " + usedAgain[r.Tag], true
}

// usedAgain says for each tag where the document has the resource.
var usedAgain = map[browser.Tag]string{
	browser.TagImg: "in its list of available images", browser.TagCSSImage: "in its list of available images", browser.TagModule: "in its module map",
	browser.TagStylesheet: "one of its style sheets", browser.TagAudio: "one of its media resources", browser.TagVideo: "one of its media resources",
}
