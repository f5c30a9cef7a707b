package console

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// firefox is what Firefox says.
type firefox struct{}

// firefoxMessage is one message and the key or category that it is filed
// under.
type firefoxMessage struct{ key, text string }

func (f firefox) lines(r *browser.Result) []string {
	return firefoxTexts(f.messages(r), func(m firefoxMessage) string { return m.text })
}

func (f firefox) issues(r *browser.Result) []string {
	return firefoxTexts(f.messages(r), func(m firefoxMessage) string { return m.key })
}

func firefoxTexts(messages []firefoxMessage, text func(firefoxMessage) string) []string {
	var texts []string
	for _, m := range messages {
		texts = append(texts, text(m))
	}
	return texts
}

// messages returns all messages about a result, in order.
func (f firefox) messages(r *browser.Result) []firefoxMessage {
	messages := f.warnings(r)
	if r.Failure == nil || r.Outcome == browser.Threw {
		return append(messages, f.wrongScriptType(r)...)
	}
	if reason := r.Failure.Reason; !isEarlyType(reason) && reason != fetch.ReasonOpaqueBlocked {
		messages = append(messages, f.wrongScriptType(r)...)
	}
	messages = append(messages, f.failure(r)...)
	switch r.API {
	case browser.APIElement:
		messages = append(messages, f.scriptLoader(r)...)
	case browser.APIEventSource:
		messages = append(messages, f.eventSource(r)...)
	}
	return messages
}

// eventSource returns the message of an event source. It is there twice when the
// end of an answer that is no use comes with its beginning.
func (f firefox) eventSource(r *browser.Result) []firefoxMessage {
	m := firefoxMessage{"Event Source", "Firefox can’t establish a connection to the server at " + r.Request.CurrentURL().String() + "."}
	unusable := r.Failure.Reason == fetch.ReasonEventSourceStatus || r.Failure.Reason == fetch.ReasonEventSourceType
	if x := r.FailedExchange(); unusable && x != nil && x.Response != nil && fetch.IsNullBodyStatus(x.Response.Status) {
		return []firefoxMessage{m, m}
	}
	return []firefoxMessage{m}
}

// warnings returns what was said on the way, whatever came of it.
func (f firefox) warnings(r *browser.Result) []firefoxMessage {
	var messages []firefoxMessage
	for _, name := range r.DroppedHeaders {
		messages = append(messages, firefoxMessage{"DOM", "Attempt to set a forbidden header was denied: " + decodeUTF8(name)})
	}
	if from := r.Trace.UpgradedFrom; from != nil {
		messages = append(messages, firefoxMessage{"Mixed Content Message",
			"Mixed Content: Upgrading insecure display request ‘" + from.String() + "’ to use ‘https’"})
	}
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		for range authorizationsByWildcard(x) {
			messages = append(messages, corsWarning(x))
		}
	}
	return messages
}

// authorizationsByWildcard returns how often a preflight asked for Authorization
// that its answer allowed by the asterisk alone.
func authorizationsByWildcard(x *browser.Exchange) int {
	if x.Kind != browser.ExchangePreflight || x.Failure != nil || x.Response == nil {
		return 0
	}
	listed := fetch.ExtractHeaderListValues(fetch.HeaderAllowHeaders, x.Response.Header)
	if slices.ContainsFunc(listed.Values, fetch.IsCORSNonWildcardRequestHeaderName) {
		return 0
	}
	asked := 0
	for _, cause := range x.Preflight.Causes {
		if cause.Kind == fetch.CauseHeader && fetch.IsCORSNonWildcardRequestHeaderName(cause.Name) {
			asked++
		}
	}
	return asked
}

// failure returns the messages about what went wrong with the request.
func (f firefox) failure(r *browser.Result) []firefoxMessage {
	reason := r.Failure.Reason
	switch reason {
	case fetch.ReasonMixedContent:
		messages := []firefoxMessage{mixedActive(r.Request.CurrentURL())}
		if n := len(r.Trace.Exchanges); n > 0 {
			messages = append(messages, f.wrongRedirectType(r, &r.Trace.Exchanges[n-1])...)
		}
		return append(messages, f.afterRedirect(r)...)
	case fetch.ReasonModeSameOrigin:
		return append([]firefoxMessage{f.mayNotLoad(f.principal(r), r.Request.CurrentURL())}, f.afterRedirect(r)...)
	case fetch.ReasonSchemeNotHTTP:
		return f.notHTTP(r, r.Request.CurrentURL())
	case fetch.ReasonSchemeNotSupported, fetch.ReasonBlobURL:
		if f.isLocal(r) {
			return f.notHTTP(r, r.Request.CurrentURL())
		}
		return nil
	case fetch.ReasonRedirectNotHTTP:
		return f.redirectNotHTTP(r)
	case fetch.ReasonCORP:
		return []firefoxMessage{{"COEP", "The resource at “" + r.Request.CurrentURL().String() +
			"” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof). " +
			"See https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#"}}
	case fetch.ReasonOpaqueBlocked:
		return f.opaqueBlocked(r)
	case fetch.ReasonBadPort, fetch.ReasonNetworkFailure, fetch.ReasonResponseMalformed, fetch.ReasonRedirectLimit,
		fetch.ReasonRedirectLocationMalformed, fetch.ReasonRedirectStreamBody:
		return f.didNotSucceed(r)
	case fetch.ReasonRedirectCredentials:
		if x := r.FailedExchange(); x != nil {
			return append(f.wrongRedirectType(r, x), f.didNotSucceed(r)...)
		}
		return nil
	}
	if isEarlyType(reason) {
		return f.wrongType(r)
	}
	return f.cors(r)
}

func mixedActive(u origin.URL) firefoxMessage {
	return firefoxMessage{"Mixed Content Blocker", "Blocked loading mixed active content “" + u.String() + "”"}
}

// afterRedirect returns the message about the redirect that was not followed.
func (f firefox) afterRedirect(r *browser.Result) []firefoxMessage {
	if len(r.Request.URLList) == 1 || r.Request.Mode != fetch.ModeCORS {
		return nil
	}
	return f.didNotSucceed(r)
}

// notHTTP returns the messages about a URL of a scheme that CORS does not know
// and that the page gave.
func (f firefox) notHTTP(r *browser.Result, u origin.URL) []firefoxMessage {
	if r.API == browser.APIEventSource {
		return nil // it says for itself that there is no connection
	}
	from := f.principal(r)
	switch u.Scheme() {
	case "ws", "wss":
		return nil
	case "data":
		return []firefoxMessage{dataBlocked(u)}
	case "blob":
		return []firefoxMessage{f.mayNotLoad(from, u)}
	case "file":
		return []firefoxMessage{f.mayNotLink(from, u)}
	case "about":
		if u.Path() != "blank" {
			return nil
		}
	}
	return []firefoxMessage{requestNotHTTP(u)}
}

// isLocal reports whether an element asks for what is on the machine, or another
// page's.
func (firefox) isLocal(r *browser.Result) bool {
	scheme := r.Request.URL().Scheme()
	return r.API == browser.APIElement && len(r.Request.URLList) == 1 && (scheme == "file" || scheme == "blob")
}

func requestNotHTTP(u origin.URL) firefoxMessage {
	return corsMessage("CORSRequestNotHttp", u, "CORS request not http")
}

func dataBlocked(u origin.URL) firefoxMessage {
	return firefoxMessage{"DATA_URI_BLOCKED", "Redirecting to data: URI not allowed (Blocked loading of: “" + u.String() + "”)"}
}

func (f firefox) mayNotLink(from string, u origin.URL) firefoxMessage {
	return firefoxMessage{"SOP", "Security Error: Content at " + from + " may not load or link to " + u.String() + "."}
}

func (f firefox) mayNotLoad(from string, u origin.URL) firefoxMessage {
	return firefoxMessage{"SOP", "Security Error: Content at " + from + " may not load data from " + u.String() + "."}
}

// principal is how messages call the page that asks: by its URL, or where its
// origin is opaque by an identity that stands for the origin it would have.
func (f firefox) principal(r *browser.Result) string {
	if r.Client.Origin.IsOpaque() {
		return "moz-nullprincipal:{…}?" + r.Client.URL.Origin().String()
	}
	return r.Client.URL.String()
}
