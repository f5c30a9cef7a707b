package explain

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/cookie"
	"github.com/corsim/corsim/fetch/textfmt"
)

// Silent returns what the browser did without a word, as sentences: headers that
// script set and that were not sent, cookies that were not sent, cookies that
// were not stored, and timing that is hidden although a server wants to show it, each with
// the rule.
func Silent(r *browser.Result) []string {
	var out []string
	for _, name := range slices.Concat(r.DroppedHeaders, r.UnsentHeaders) {
		out = append(out, textfmt.Sprintf("the header %s was not sent: %s", visible(name), whyDropped(r, name)))
	}
	seen := make(map[string]bool)
	add := func(what string, list []cookie.Refusal) {
		for _, k := range list {
			name := visible(k.Name)
			if name == "" {
				name = "without a name"
			}
			if line := textfmt.Sprintf("the cookie %s was not %s: %s", name, what, k.Why+hintOf(k.Why)); !seen[line] {
				seen[line] = true
				out = append(out, line)
			}
		}
	}
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		add("sent", x.WithheldCookies)
		add("stored", x.IgnoredCookies)
	}
	if line := hiddenTiming(r); line != "" {
		out = append(out, line)
	}
	return out
}

// hiddenTiming returns why script does not see the timing of a response that has the header
// for it; "" for all other responses.
// https://fetch.spec.whatwg.org/#concept-tao-check
func hiddenTiming(r *browser.Result) string {
	if r.Response == nil || r.TimingReadable() {
		return ""
	}
	given := slices.ContainsFunc(r.Trace.Exchanges, func(x browser.Exchange) bool {
		return x.Response != nil && x.Response.Header.Contains("Timing-Allow-Origin")
	})
	if !given {
		return ""
	}
	return "the detailed timing of the response is hidden from script, which is not CORS: Timing-Allow-Origin has to name the page's origin, or be *, in each response, redirects included"
}

// whyDropped returns why a header that script set was not sent.
func whyDropped(r *browser.Result, name string) string {
	isNoCORS := r.Request != nil && r.Request.Mode == fetch.ModeNoCORS
	switch {
	case isNoCORS && fetch.EqualFold(name, "Content-Type"):
		return `mode "no-cors" allows only the three types that HTML forms send`
	case isNoCORS:
		return `mode "no-cors" allows only Accept, Accept-Language, Content-Language and Content-Type`
	}
	return "script may not set it, the browser sets it itself"
}

// hintOf returns what a page or a server can do about a cookie.
func hintOf(why string) string {
	switch {
	case why == "the request is made without credentials":
		return `; to another origin they go along only with credentials: "include" (withCredentials)`
	case strings.Contains(why, "counts as SameSite=Lax"), strings.Contains(why, "without SameSite in a cross-site"):
		return "; set it with SameSite=None; Secure"
	}
	return ""
}
