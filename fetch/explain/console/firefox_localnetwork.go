package console

import (
	"strconv"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
)

// isPending reports whether a call waits for the user's answer. A fetch() that
// outlives its page does not wait: it fails.
func (firefox) isPending(r *browser.Result) bool {
	return r.Failure != nil && r.Failure.Reason == fetch.ReasonLocalNetworkUnanswered && !outlivesPage(r)
}

// outlivesPage reports whether fetch() was called with keepalive.
func outlivesPage(r *browser.Result) bool { return r.API == browser.APIFetch && r.Request.Keepalive }

// localNetwork returns the notices about servers that are less public than the
// page. They come from another process, before all other lines.
func (f firefox) localNetwork(r *browser.Result) []Line {
	var lines []Line
	if r.Client.Worker {
		return nil // these notices have no place for a worker
	}
	for i := range r.Trace.LocalNetwork {
		a := &r.Trace.LocalNetwork[i]
		// A redirect that is followed has none.
		if a.URL != r.Request.CurrentURL() {
			continue
		}
		if l, ok := f.localNetworkNotice(r, a); ok {
			lines = append(lines, l)
		}
	}
	return lines
}

// localNetworkNotice returns the notice about one access. Some have none: those whose
// preflight failed, and https servers on the user's own machine that are denied.
func (f firefox) localNetworkNotice(r *browser.Result, a *policy.LocalNetworkAccess) (Line, bool) {
	secure := "False"
	if a.SecureContext {
		secure = "True"
	}
	page, ownTLS := f.localNetworkPage(r), a.Server == fetch.AddressSpaceLoopback && a.URL.Scheme() == "https"
	at := fields{{"page", page}, {"origin", page}, {"url", a.URL.String()}, {"word", addressAndPort(a)}, {"kind", f.via(r, a)}, {"verb", secure}}
	switch {
	case r.Failure != nil && (r.Failure.Preflight || r.Failure.Reason == fetch.ReasonCORP), a.Verdict == policy.LocalNetworkDenied && ownTLS:
		return Line{}, false
	case outlivesPage(r):
		return Line{}, false
	case faultOf(r) == fetch.FaultNotTLS:
		return firefoxLocalNetworkExempt.line(at), true // an https server is only checked after TLS
	case a.Verdict == policy.LocalNetworkUnanswered:
		if ownTLS {
			at[3].Value = ":0" // it asks before it has connected
		}
		return firefoxLocalNetworkAsked.line(at), true
	}
	m, ok := localNetworkNotices[a.Verdict]
	return m.line(at), ok
}

// localNetworkFailed returns what is said of any request that fails on the network:
// with CORS a line, and with a preflight two.
func (firefox) localNetworkFailed(r *browser.Result) []Line {
	u := r.Request.CurrentURL()
	if r.Request.Mode != fetch.ModeCORS || u.HasOrigin(r.Request.Origin) && r.Request.Tainting != fetch.TaintingCORS {
		return nil
	}
	if r.Failure.Preflight {
		return []Line{noSuccess(u), noSuccess(u)}
	}
	return []Line{noSuccess(u)}
}

// localNetworkNotices are the notices of the verdicts.
var localNetworkNotices = map[policy.LocalNetworkVerdict]firefoxMessage{
	policy.LocalNetworkExempt: firefoxLocalNetworkExempt, policy.LocalNetworkAllowed: firefoxLocalNetworkAllowed,
	policy.LocalNetworkDenied: firefoxLocalNetworkDenied,
}

// localNetworkPage is how the notices call the page: its origin as a URL.
func (f firefox) localNetworkPage(r *browser.Result) string {
	if r.Client.Origin.IsOpaque() {
		return f.principal(r)
	}
	return r.Client.URL.Root().String()
}

// addressAndPort returns the address of a server with its port, as in
// "192.168.7.10:443" or, without brackets, "::1:443".
func addressAndPort(a *policy.LocalNetworkAccess) string {
	port, _ := a.URL.EffectivePort()
	return a.Address.String() + ":" + strconv.Itoa(int(port))
}

// via is what the notices call the kind of request.
func (firefox) via(r *browser.Result, a *policy.LocalNetworkAccess) string {
	switch r.API {
	case browser.APIFetch:
		return "fetch"
	case browser.APIElement:
		if r.Tag == browser.TagPreload && r.Request.Destination == fetch.DestinationNone {
			return "fetch"
		}
	case browser.APIXHR, browser.APIEventSource:
		return "xhr"
	}
	return a.URL.Scheme()
}
