package console

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// firefox is what Firefox says.
type firefox struct{}

func (f firefox) issues(r *browser.Result) []string {
	var codes []string
	for _, l := range f.lines(r) {
		l.describe()
		if r.API == browser.APIWebSocket && l.Code == firefoxMessages[firefoxNoConnection].Code {
			l.Code = firefoxSocketCode // the text is that of an event source
		}
		codes = append(codes, l.Code)
	}
	return codes
}

func (f firefox) lines(r *browser.Result) []Line {
	lines := append(f.localNetwork(r), f.warnings(r)...)
	switch {
	case f.isPending(r) && r.Frame() != nil:
		return append(lines, f.unknownFeatures(r.Frame().Allow)...)
	case f.isPending(r):
		return lines
	case r.Frame() != nil:
		return append(lines, f.frame(r)...)
	}
	if r.API == browser.APIWorker {
		return append(lines, f.worker(r)...)
	}
	lines = append(lines, f.serviceRedirects(r)...)
	for _, fetched := range serviceFetches(r) {
		lines = append(lines, f.lines(fetched)...)
	}
	violations := f.violations(r)
	if r.API == browser.APIWebSocket {
		return append(append(lines, violations...), f.socket(r)...)
	}
	if !isBlockedAtOnce(r) {
		lines, violations = append(lines, violations...), nil
	}
	if r.Failure != nil && r.Failure.Reason == fetch.ReasonSyncTimeout {
		return append(lines, firefoxSyncTimeoutWarning.line(nil))
	}
	if r.Failure == nil || r.Failure.Reason == fetch.ReasonElementStatus {
		lines = append(lines, f.integrityNotices(r)...)
	}
	if r.Failure == nil || r.Outcome == browser.Threw {
		return append(lines, f.wrongScriptType(r)...)
	}
	if reason := r.Failure.Reason; !isEarlyType(reason) && reason != fetch.ReasonOpaqueBlocked {
		lines = append(lines, f.wrongScriptType(r)...)
	}
	lines = append(lines, f.failure(r)...)
	switch r.API {
	case browser.APIElement:
		lines = append(lines, f.scriptLoader(r)...)
	case browser.APIEventSource:
		lines = append(lines, f.eventSource(r)...)
	}
	return append(lines, violations...)
}

// eventSource returns the message of an event source. It is there twice when the
// end of an answer that is no use comes with its beginning. That is a race; answers with
// another status than 200 win it in five of eight recordings.
func (f firefox) eventSource(r *browser.Result) []Line {
	x := r.FailedExchange()
	if r.Failure.Reason == fetch.ReasonNetworkFailure && x != nil && x.Tainting == fetch.TaintingBasic {
		return nil // it tries again and says nothing
	}
	l := firefoxNoConnection.line(fields{{"url", f.sourceURL(r).String()}})
	unusable := r.Failure.Reason == fetch.ReasonEventSourceStatus || r.Failure.Reason == fetch.ReasonEventSourceType
	if unusable && x != nil && x.Response != nil && x.Response.Status != 200 {
		return []Line{l, l}
	}
	return []Line{l}
}

// sourceURL returns the URL under which an event source is known: that of its call, and then
// where each permanent redirect led. An upgrade to https is a permanent redirect. A redirect that a
// policy of the page stops changes nothing.
func (f firefox) sourceURL(r *browser.Result) origin.URL {
	urls := r.Request.URLList
	if r.Failure.Reason == fetch.ReasonCSPRedirect && len(urls) > 1 {
		urls = urls[:len(urls)-1]
	}
	known := urls[0]
	for i := 1; i < len(urls) && i <= len(r.Trace.Exchanges); i++ {
		resp := r.Trace.Exchanges[i-1].Response
		permanent := resp != nil && (resp.Status == 301 || resp.Status == 308)
		if permanent || isUpgradedByCSP(r, urls[i]) {
			known = urls[i]
		}
	}
	return known
}

// isUpgradedByCSP reports whether a policy of the page has made an http URL the given one.
func isUpgradedByCSP(r *browser.Result, u origin.URL) bool {
	return slices.ContainsFunc(r.Trace.CSPUpgrades, func(from origin.URL) bool { return from.WithScheme("https") == u })
}

// warnings returns what was said on the way, whatever came of it.
func (f firefox) warnings(r *browser.Result) []Line {
	var lines []Line
	for _, name := range r.DroppedHeaders {
		lines = append(lines, firefoxForbiddenHeader.line(fields{{"word", decodeUTF8(name)}}))
	}
	lines = append(lines, referrerPolicyWarnings(r)...)
	if r.Request != nil && r.Request.ReferrerShortened {
		lines = append(lines, firefoxReferrerShortened.line(fields{{"status", "4096"}, {"url", r.Request.ReferrerURL.String()}}))
	}
	if from := r.Trace.UpgradedFrom; from != nil {
		lines = append(lines, firefoxMixedUpgraded.line(fields{{"url", from.String()}, {"word", "https"}}))
	}
	lines = append(lines, f.upgrades(r)...)
	if isTrack(r) {
		for _, u := range r.Trace.InsecureAllowed {
			lines = append(lines, firefoxMixedShown.line(fields{{"url", u.String()}}))
		}
	}
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		for range authorizationsByWildcard(x) {
			lines = append(lines, firefoxAuthorizationWarning.line(fields{{"url", x.URL.String()}}))
		}
	}
	return append(lines, f.sniffingWarning(r)...)
}

// referrerPolicyWarnings returns the warnings about referrer policies that were not used.
// One that a redirect has set is read twice.
func referrerPolicyWarnings(r *browser.Result) []Line {
	var lines []Line
	for _, ignored := range r.Trace.IgnoredReferrerPolicies {
		l := firefoxReferrerPolicy.line(fields{{"word", string(ignored.Policy)}, {"url", ignored.URL.WithoutFragment().String()}})
		if lines = append(lines, l); ignored.FromRedirect {
			lines = append(lines, l)
		}
	}
	return lines
}

// sniffingWarning returns the warning about a value of X-Content-Type-Options that
// means nothing. Nothing is said of opaque responses.
func (firefox) sniffingWarning(r *browser.Result) []Line {
	n := len(r.Trace.Exchanges)
	if n == 0 || r.Failure != nil || r.Trace.Exchanges[n-1].Tainting == fetch.TaintingOpaque {
		return nil
	}
	value, ok := r.Trace.Exchanges[n-1].Response.Header.Get("X-Content-Type-Options")
	first, _, _ := strings.Cut(value, ",")
	first = strings.Trim(first, " \t")
	if !ok || fetch.EqualFold(first, "nosniff") {
		return nil
	}
	return []Line{firefoxSniffingWarning.line(fields{{"value", decodeUTF8(first)}})}
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

// isFetchedElsewhere reports whether a request is not made by the page's own document: it is
// made by a worker or, for fetch() with keepalive, by another process. What only the
// document's console prints is not said then.
func isFetchedElsewhere(r *browser.Result) bool {
	return r.Client.Worker || r.API == browser.APIFetch && r.Request.Keepalive
}

// failure returns the messages about what went wrong with the request.
func (f firefox) failure(r *browser.Result) []Line {
	if isServed(r) {
		return append([]Line{f.service(r)}, f.afterService(r)...)
	}
	reason := r.Failure.Reason
	switch reason {
	case fetch.ReasonMixedContent:
		if isFetchedElsewhere(r) {
			return f.afterRedirect(r)
		}
		lines := []Line{mixedActive(r.Request.CurrentURL())}
		if r.Client.PolicyContainer.CSP.Enforces("block-all-mixed-content") {
			lines[0] = lineOf(&firefoxCSPUpgrade[1], fields{{"url", r.Request.CurrentURL().String()}})
		}
		if n := len(r.Trace.Exchanges); n > 0 {
			lines = append(lines, f.wrongRedirectType(r, &r.Trace.Exchanges[n-1])...)
		}
		return append(lines, f.afterRedirect(r)...)
	case fetch.ReasonCSP:
		return nil
	case fetch.ReasonCSPRedirect:
		return append(f.redirectAsResponse(r), f.didNotSucceed(r)...)
	case fetch.ReasonModeSameOrigin:
		return append([]Line{mayNotLoad(f.principal(r), r.Request.CurrentURL())}, f.afterRedirect(r)...)
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
		if isFetchedElsewhere(r) {
			return nil
		}
		return []Line{firefoxCORP.line(fields{{"url", r.Request.CurrentURL().String()}, {"line", firefoxCORPPage}})}
	case fetch.ReasonOpaqueBlocked:
		return f.opaqueBlocked(r)
	case fetch.ReasonIntegrity, fetch.ReasonIntegrityUnreadable:
		return f.integrity(r)
	case fetch.ReasonLocalNetworkDenied, fetch.ReasonLocalNetworkUnanswered, fetch.ReasonLocalNetworkInsecure,
		fetch.ReasonLocalNetworkOtherSpace:
		return f.localNetworkFailed(r)
	case fetch.ReasonResponseMalformed:
		if isBodyFailure(r.Failure) {
			return nil
		}
		return f.didNotSucceed(r)
	case fetch.ReasonBadPort, fetch.ReasonNetworkFailure, fetch.ReasonRedirectLimit,
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
	if isMedia(r) && (reason == fetch.ReasonElementStatus || reason == fetch.ReasonElementUndecodable) {
		return f.media(r)
	}
	return f.cors(r)
}
