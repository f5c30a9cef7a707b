package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// webkit is what WebKit says: the reason of a failure, and then a line that
// names the URL.
type webkit struct{}

// issues returns nothing: WebKit has no codes.
func (webkit) issues(*browser.Result) []string { return nil }

func (w webkit) lines(r *browser.Result) []string {
	var lines []string
	for _, name := range r.DroppedHeaders {
		lines = append(lines, `Refused to set unsafe header "`+latin1(name)+`"`)
	}
	lines = append(lines, w.upgradeNotices(r)...)
	lines = append(lines, w.charsetNotice(r)...)
	// Without a request, as of a beacon that is too large, nothing is said.
	if r.Failure == nil || r.Outcome == browser.Threw || r.Request == nil {
		return lines
	}
	if r.API == browser.APIBeacon {
		return append(lines, w.beacon(r)...)
	}
	lines = append(lines, w.reasons(r)...)
	if line, ok := w.envelope(r); ok {
		lines = append(lines, line)
	}
	return lines
}

// upgradeNotices returns the notices that an image, audio or video was tried
// over https, or left on http where it comes from the machine itself.
func (webkit) upgradeNotices(r *browser.Result) []string {
	if r.Request == nil || r.Client.URL.Scheme() != "https" || r.API != browser.APIElement {
		return nil
	}
	switch r.Tag {
	case browser.TagImg, browser.TagAudio, browser.TagVideo:
	default:
		return nil
	}
	if isMediaPort(r) {
		return nil
	}
	var lines []string
	from := r.Trace.UpgradedFrom
	for _, u := range r.Request.URLList {
		switch {
		case from != nil && u == from.WithScheme("https"):
			lines = append(lines, insecureContent(r, *from)+"automatically upgraded and should be served over HTTPS.")
		case u.Scheme() == "http" && r.Profile.IsPotentiallyTrustworthy(u):
			lines = append(lines, insecureContent(r, u)+"not upgraded to HTTPS and must be served from the local host.")
		}
	}
	return lines
}

// isMediaPort reports whether audio or video was refused for its port, which
// comes before anything is said of its scheme.
func isMediaPort(r *browser.Result) bool {
	return r.Tag != browser.TagImg && len(r.Request.URLList) == 1 && r.Failure != nil && r.Failure.Reason == fetch.ReasonBadPort
}

// charsetNotice returns the notice that an event source reads UTF-8 whatever
// its server says.
func (webkit) charsetNotice(r *browser.Result) []string {
	if r.API != browser.APIEventSource || r.Failure != nil {
		return nil
	}
	t, _ := fetch.ExtractMIMEType(r.Response.Unfiltered().Header)
	charset, ok := t.Parameter("charset")
	if !ok || charset == "" || fetch.EqualFold(charset, "UTF-8") {
		return nil
	}
	return []string{`EventSource's response has a charset ("` + latin1(charset) + `") that is not UTF-8. The response will be decoded as UTF-8.`}
}

// insecureContent is how messages about mixed content begin.
func insecureContent(r *browser.Result, u origin.URL) string {
	return "The page at " + r.Client.URL.String() + " requested insecure content from " + insecureURL(r, u) + ". This content was "
}

// insecureURL is how messages show the URL of mixed content: without the
// fragment that script gave, but with that of a redirect.
func insecureURL(r *browser.Result, u origin.URL) string {
	if first := r.Request.URL(); u == first || u.WithScheme("https") == first {
		return u.WithoutFragment()
	}
	return u.String()
}

// mixedContent returns the message about a request that was not made. Of a
// local host it breaks off.
func (webkit) mixedContent(r *browser.Result) string {
	u := r.Request.CurrentURL()
	line := "[blocked] " + insecureContent(r, u) + "blocked and must"
	if r.Profile.IsPotentiallyTrustworthy(u) {
		return line
	}
	return line + " be served over HTTPS."
}

// beacon returns what is said of a beacon, which has an envelope of its own
// with the reason in it.
func (w webkit) beacon(r *browser.Result) []string {
	lines, why := w.reasons(r), ""
	switch {
	case r.Failure.Reason == fetch.ReasonMixedContent && len(r.Request.URLList) == 1:
		why = notAllowed
	case r.Failure.Reason == fetch.ReasonMixedContent, r.Failure.Reason == fetch.ReasonRedirectNotHTTP && isRefusedByPage(r, r.FailedExchange()):
		why = "Redirect was not allowed"
	case r.Failure.Reason == fetch.ReasonBadPort && !r.Failure.Preflight:
		why = "Not allowed to use restricted network port"
	case len(lines) > 0:
		why = lines[len(lines)-1]
	case r.Failure.Reason == fetch.ReasonNetworkFailure:
		why = connectionEnded(r)
	default:
		return lines
	}
	return append(lines, "Beacon API cannot load "+w.failingURL(r)+". "+why)
}

// envelope returns the line that names what could not be loaded; elements of
// some kinds have none.
func (w webkit) envelope(r *browser.Result) (string, bool) {
	f, u := r.Failure, w.failingURL(r)
	end := " due to access control checks."
	switch {
	case f.Reason == fetch.ReasonModeSameOrigin && len(r.Request.URLList) == 1, f.Reason == fetch.ReasonDataURLMalformed:
		end = "."
	case !isAccessControl(r):
		return "", false
	}
	switch r.API {
	case browser.APIFetch:
		return "Fetch API cannot load " + u + end, true
	case browser.APIXHR:
		return "XMLHttpRequest cannot load " + u + end, true
	case browser.APIEventSource:
		return "EventSource cannot load " + u + end, true
	}
	if f.Reason == fetch.ReasonMixedContent && len(r.Request.URLList) == 1 {
		return "", false
	}
	switch r.Tag {
	case browser.TagImg:
		return "Cannot load image " + r.Request.URL().WithoutCredentials().WithoutFragment() + end, true
	case browser.TagScript:
		return "Cross-origin script load denied by Cross-Origin Resource Sharing policy.", true
	}
	return "", false
}

// isAccessControl reports whether a result failed by what WebKit calls access
// control.
func isAccessControl(r *browser.Result) bool {
	switch r.Failure.Reason {
	case fetch.ReasonNetworkFailure, fetch.ReasonResponseMalformed, fetch.ReasonBadPort:
		return r.Failure.Preflight
	case fetch.ReasonElementStatus, fetch.ReasonElementType, fetch.ReasonElementUndecodable,
		fetch.ReasonNosniff, fetch.ReasonMIMETypeBlocked, fetch.ReasonEventSourceStatus, fetch.ReasonEventSourceType,
		fetch.ReasonUnexpectedPartialContent, fetch.ReasonURLMalformed:
		return false
	case fetch.ReasonRedirectLocationMalformed:
		// Without CORS nobody looks at it before it is loaded.
		return r.Failure.Got != "" && r.FailedExchange().Tainting == fetch.TaintingCORS
	}
	return true
}

// failingURL is the URL that the envelope names: that of the exchange which
// failed, or of the request where nothing was sent. What the page's process
// blocks itself has no fragment any more.
func (webkit) failingURL(r *browser.Result) string {
	u := r.Request.CurrentURL()
	if r.Failure.Reason == fetch.ReasonMixedContent && len(r.Request.URLList) == 1 {
		return u.WithoutCredentials().WithoutFragment()
	}
	if x := r.FailedExchange(); x != nil && r.Failure.Reason != fetch.ReasonModeSameOrigin && r.Failure.Reason != fetch.ReasonBadPort {
		u = x.URL
		if r.Failure.Reason == fetch.ReasonRedirectNotHTTP && r.Request.Mode == fetch.ModeNoCORS &&
			locationURL(x).Scheme() != "ftp" && !isRefusedByPage(r, x) {
			u = locationURL(x)
		}
	}
	return u.WithoutCredentials().String()
}
