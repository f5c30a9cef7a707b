package explain

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// Verdict returns what a call came to in one phrase: its outcome, and why it
// failed where it did, such as "blocked allow-origin-missing: no
// Access-Control-Allow-Origin header".
func Verdict(r *browser.Result) string {
	if r.Failure == nil {
		return r.Outcome.String()
	}
	return r.Outcome.String() + " " + Brief(r.Failure)
}

// Brief returns a failure in one phrase: its reason and the values that were
// seen.
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
			return f.Header + " is " + cut(f.Got) + ", and preflights follow no redirect"
		}
		return "the status is " + f.Got + ", and preflights follow no redirect"
	case fetch.ReasonNetworkFailure:
		if f.Got == "" || f.Got == fetch.ErrNoAnswer.Error() {
			return "no answer came"
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

// visible returns a value as it is, or quoted where a terminal would not show
// it as it is.
func visible(value string) string {
	if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' }) {
		return cut(value)
	}
	return value
}

// cut quotes a value and cuts a long one.
func cut(s string) string {
	const most = 100
	if len(s) > most {
		return fmt.Sprintf("%q…", s[:most])
	}
	return fmt.Sprintf("%q", s)
}

// Why returns in lines why a call came to what it came to: those of its
// [Explanation], or which check it passed.
func Why(r *browser.Result) []string {
	if e, ok := Explain(r); ok {
		return e.Lines()
	}
	if text, ok := Passed(r); ok {
		return []string{text}
	}
	return nil
}

// Passed says which check a response passed, with its place in the standard; ok
// is false without a response.
func Passed(r *browser.Result) (text string, ok bool) {
	if r.Response == nil {
		return "", false
	}
	p, ok := passed[r.Response.Type]
	return p.text + ": " + fetch.Step{Anchor: p.anchor}.URL(), ok
}

// passed says for each type of response why script gets it.
var passed = map[fetch.ResponseType]struct{ text, anchor string }{
	fetch.ResponseBasic:  {"same origin all the way, so no check was needed", "concept-filtered-response-basic"},
	fetch.ResponseCORS:   {"the CORS check passed", "concept-cors-check"},
	fetch.ResponseOpaque: {"mode no-cors asks for no check, and shows nothing", "concept-filtered-response-opaque"},
	fetch.ResponseOpaqueRedirect: {
		"redirect mode manual shows that there was a redirect, and nothing else", "concept-filtered-response-opaque-redirect",
	},
}

// UsedAgain says which of the things that the document has loaded a call uses
// again, for which nothing was sent; ok is false for calls that use none.
func UsedAgain(r *browser.Result) (text string, ok bool) {
	switch {
	case r.Earlier() == nil:
		return "", false
	case r.Failure != nil:
		return "the document remembers that this module could not be loaded", true
	}
	return "the document has it already, " + usedAgain[r.Tag], true
}

// usedAgain says for each tag where its document has what it has loaded.
var usedAgain = map[browser.Tag]string{
	browser.TagImg: "in its list of available images", browser.TagModule: "in its module map",
	browser.TagStylesheet: "as a style sheet", browser.TagAudio: "as media", browser.TagVideo: "as media",
}
