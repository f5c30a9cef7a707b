package console

import (
	"cmp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// upgradeNotices returns the notices that an image, audio or video was tried
// over https, or left on http where it comes from the machine itself.
func (webkit) upgradeNotices(r *browser.Result) []Line {
	if r.Request == nil || r.Client.URL.Scheme() != "https" || r.API != browser.APIElement {
		return nil
	}
	if !isImage(r) && !isMedia(r) || isMediaPort(r) {
		return nil
	}
	lines := otherSchemeNotice(r)
	// What a policy upgrades is an upgrade all the same.
	if upgraded := r.Trace.CSPUpgrades; len(upgraded) > 0 && isImage(r) {
		lines = append(lines, insecureContent(webkitMixedUpgraded, r, upgraded[0]))
	}
	from := r.Trace.UpgradedFrom
	for _, u := range r.Request.URLList {
		switch {
		case from != nil && u == from.WithScheme("https"):
			lines = append(lines, insecureContent(webkitMixedUpgraded, r, *from))
		case u.Scheme() == "http" && r.Profile.IsPotentiallyTrustworthy(u):
			lines = append(lines, insecureContent(webkitMixedKept, r, u))
		}
	}
	return lines
}

// otherSchemeNotice returns the notice about a URL that is neither http nor https,
// which is said to be upgraded before it is blocked. Media players refuse files
// before that.
func otherSchemeNotice(r *browser.Result) []Line {
	u := r.Request.URL()
	switch {
	case r.Failure == nil || len(r.Request.URLList) > 1 || u.IsHTTP():
		return nil
	case r.Failure.Reason == fetch.ReasonMixedContent:
		return []Line{insecureContent(webkitMixedUpgraded, r, u)}
	case u.Scheme() == "file" && isImage(r):
		return []Line{insecureContent(webkitMixedKept, r, u)}
	}
	return nil
}

// isMediaPort reports whether audio or video was refused for its port, which
// comes before anything is said of its scheme.
func isMediaPort(r *browser.Result) bool {
	return isMedia(r) && len(r.Request.URLList) == 1 && r.Failure != nil && r.Failure.Reason == fetch.ReasonBadPort
}

// charsetNotice returns the notice that an event source reads UTF-8 whatever
// its server says.
func (webkit) charsetNotice(r *browser.Result) []Line {
	if r.API != browser.APIEventSource || r.Failure != nil {
		return nil
	}
	values := r.Response.Unfiltered().Header.Values("Content-Type")
	charset := charsetIn(values[len(values)-1])
	if charset == "" || fetch.EqualFold(charset, "UTF-8") {
		return nil
	}
	return []Line{webkitEventStreamCharset.line(fields{{"value", latin1(charset)}})}
}

// charsetIn returns the charset that WebKit finds in a Content-Type value; "" if there is none.
// It needs no parameters that parse.
func charsetIn(value string) string {
	const name = "charset"
	for i := 1; i+len(name) < len(value); i++ {
		if before := value[i-1]; before > ' ' && before != ';' || !fetch.EqualFold(value[i:i+len(name)], name) {
			continue
		}
		rest, ok := strings.CutPrefix(strings.TrimLeft(value[i+len(name):], " \t"), "=")
		if !ok {
			continue
		}
		rest = strings.TrimLeft(rest, " \t\"'")
		if end := strings.IndexAny(rest, " \t\"';"); end >= 0 {
			rest = rest[:end]
		}
		return rest
	}
	return ""
}

// insecureContent is a line about mixed content.
func insecureContent(m webkitMessage, r *browser.Result, u origin.URL, options ...string) Line {
	page := r.Client.URL
	if r.Client.Worker {
		page = r.Client.Page
	}
	return m.line(fields{{"page", ellipsized(page)}, {"url", ellipsizedText(insecureURL(r, u))}}, options...)
}

// insecureURL is how messages show the URL of mixed content: without the user name
// and without the fragment that script gave, but with the fragment of a redirect.
func insecureURL(r *browser.Result, u origin.URL) string {
	u = u.WithoutCredentials()
	if first := r.Request.URL().WithoutCredentials(); u == first || u.WithScheme("https") == first {
		return u.WithoutFragment().String()
	}
	return u.String()
}

// mixedContent returns the line about a request that was not made. Of a local
// host it breaks off.
func (webkit) mixedContent(r *browser.Result) Line {
	u := r.Request.CurrentURL()
	if r.Profile.IsPotentiallyTrustworthy(u) {
		return insecureContent(webkitMixedBlocked, r, u)
	}
	return insecureContent(webkitMixedBlocked, r, u, webkitServedSecurely)
}

// unusable is the reason of a response that an element or event source has no
// use for.
func (w webkit) unusable(r *browser.Result) (Line, bool) {
	switch r.Failure.Reason {
	case fetch.ReasonElementType, fetch.ReasonNosniff, fetch.ReasonMIMETypeBlocked:
		return w.wrongType(r)
	case fetch.ReasonEventSourceType:
		// What a worker's event source says itself is not in the page's console.
		return webkitEventStreamType.line(fields{{"value", latin1(cmp.Or(loadedType(r, false), "application/octet-stream"))}}), !r.Client.Worker
	}
	return Line{}, false
}

// wrongType is the reason of a response of a type that an element does not take.
func (webkit) wrongType(r *browser.Result) (Line, bool) {
	mime := latin1(cmp.Or(loadedType(r, true), "text/plain"))
	u := ellipsized(r.Request.URL())
	if r.Tag != browser.TagScript && failedStatus(r) {
		return Line{}, false // the status alone is looked at, and nothing said of it
	}
	switch {
	case r.Tag == browser.TagModule && statusIsToBlame(r):
		return Line{}, false
	case r.Tag == browser.TagModule && r.IsDynamicImport():
		return Line{}, false // script hears of it, and not the console
	case r.Tag == browser.TagModule:
		return webkitModuleType.line(fields{{"value", mime}}), true
	case r.Tag == browser.TagStylesheet:
		return webkitStylesheetType.line(fields{{"url", ellipsized(r.Request.URL().WithoutFragment())}}), true
	case forbidsGuessing(r):
		return webkitScriptNosniff.line(fields{{"url", u}}), true
	}
	return webkitScriptType.line(fields{{"url", u}, {"value", mime}}), true
}

// loadedType is the type that WebKit's network layer tells of the answer that failed.
func loadedType(r *browser.Result, guesses bool) string {
	x := r.FailedExchange()
	if x == nil || x.Response == nil {
		return r.Profile.ResponseType(fetch.HeaderList{{Name: "Content-Type", Value: r.Failure.Got}})
	}
	return r.Profile.LoadedType(x.Response, guesses)
}

// failedStatus reports whether the last answer says that something went wrong,
// of which style sheets want to hear in more cases than modules.
func failedStatus(r *browser.Result) bool {
	x := r.FailedExchange()
	if x == nil || x.Response == nil {
		return false
	}
	return x.Response.Status >= 400 || r.Tag == browser.TagStylesheet && !fetch.IsOKStatus(x.Response.Status)
}

// unknownVariable returns the error of a script that consists of one word, such as the
// "ok" of a server that sends no script: no variable has that name.
func (webkit) unknownVariable(r *browser.Result) []Line {
	if r.API != browser.APIElement || r.Tag != browser.TagScript || r.Failure != nil {
		return nil
	}
	word := strings.TrimSpace(r.Response.Unfiltered().Body)
	for i, c := range []byte(word) {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return nil
		}
	}
	if word == "" || slices.Contains(knownWords, word) {
		return nil
	}
	return []Line{webkitUnknownVariable.line(fields{{"word", word}})}
}

// knownWords are one-word scripts that do not end in this error: words of the language
// and names that every page has.
var knownWords = []string{
	"true", "false", "null", "undefined", "this", "NaN", "Infinity", "debugger", "name", "status", "window", "document", "self", "top", "parent",
	"break", "continue", "return", "throw", "if", "for", "while", "do", "var", "let", "const", "function", "class", "new", "delete", "in", "with", "else",
	"try", "catch", "finally", "switch", "case", "default", "export", "import", "super", "yield", "await", "enum", "typeof", "void", "instanceof",
	"event", "location", "history", "origin", "length", "frames", "screen", "closed", "opener", "performance", "crypto", "caches", "navigator", "console",
}

// blockedChallenges returns the lines about answers that ask for a login, of which
// the user is not told because they come from another origin. Script has no such
// lines for its own requests.
func (webkit) blockedChallenges(r *browser.Result) []Line {
	if r.API != browser.APIElement {
		return nil
	}
	var lines []Line
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		if x.Response != nil && x.Response.Status == 401 && x.Response.Header.Contains("WWW-Authenticate") && !x.URL.HasOrigin(r.Client.Origin) {
			lines = append(lines, webkitChallengeBlocked.line(fields{{"url", ellipsized(x.URL.WithoutFragment())}}))
		}
	}
	return lines
}
