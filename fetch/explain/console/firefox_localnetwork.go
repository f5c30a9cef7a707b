package console

import (
	"slices"
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
		if a.URL == r.Request.CurrentURL() {
			lines = append(lines, f.localNetworkNotices(r, a)...)
		}
	}
	return lines
}

// localNetworkNotices returns the notices about one access: that the user is asked, and
// what came of it. Some have none: those whose preflight failed, and https servers on the
// user's own machine that are denied.
func (f firefox) localNetworkNotices(r *browser.Result, a *policy.LocalNetworkAccess) []Line {
	if r.Failure != nil && (r.Failure.Preflight || r.Failure.Reason == fetch.ReasonCORP) || outlivesPage(r) {
		return nil
	}
	secure := "False"
	if a.SecureContext {
		secure = "True"
	}
	at := fields{{"page", f.topLevelSite(r)}, {"origin", f.initiator(r)}, {"url", a.URL.String()}, {"word", addressAndPort(a)}, {"kind", f.via(r, a)}, {"verb", secure}}
	if faultOf(r) == fetch.FaultNotTLS {
		return []Line{firefoxLocalNetworkExempt.line(at)} // an https server is only checked after TLS
	}
	var lines []Line
	ownTLS := a.Server == fetch.AddressSpaceLoopback && a.URL.Scheme() == "https"
	if f.asks(r, a) {
		asked := slices.Clone(at)
		if ownTLS {
			asked[3].Value = ":0" // it asks before it has connected
		}
		lines = append(lines, firefoxLocalNetworkAsked.line(asked))
	}
	if m, ok := localNetworkNotices[a.Verdict]; ok && !(a.Verdict == policy.LocalNetworkDenied && ownTLS) {
		lines = append(lines, m.line(at))
	}
	return lines
}

// asks reports whether Firefox says that it asks the user about an access. It says nothing
// of a document that waits. A frame of another origin than the page asks, too, when the
// answer is known.
func (firefox) asks(r *browser.Result, a *policy.LocalNetworkAccess) bool {
	switch a.Verdict {
	case policy.LocalNetworkUnanswered:
		return r.Frame() == nil
	case policy.LocalNetworkAllowed, policy.LocalNetworkDenied:
		return r.InFrame() && r.Client.Origin != r.Client.TopLevelOrigin
	}
	return false
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

// topLevelSite is how the notices call the page: its origin as a URL.
func (f firefox) topLevelSite(r *browser.Result) string {
	if r.InFrame() {
		return r.Client.TopLevelOrigin.String() + "/"
	}
	return f.initiator(r)
}

// initiator is how the notices call the document that makes a request: a page by its
// origin as a URL, and the document of a frame by its URL.
func (f firefox) initiator(r *browser.Result) string {
	switch {
	case r.Client.Origin.IsOpaque():
		return f.principal(r)
	case r.InFrame():
		return r.Client.URL.WithoutFragment().String()
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
