package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
)

// localNetworkError returns the errors of local network access. A server that
// closes the connection without an answer is filed like a permission that was
// denied, although it was granted.
func localNetworkError(r *browser.Result) (corsError, bool) {
	f := r.Failure
	e := corsError{values: fields{{"space", f.Got}}, twice: f.Preflight}
	switch f.Reason {
	case fetch.ReasonLocalNetworkDenied, fetch.ReasonLocalNetworkUnanswered:
		e.message = chromiumLocalNetworkDenied
	case fetch.ReasonLocalNetworkInsecure:
		e.message = chromiumLocalNetworkInsecure
	case fetch.ReasonLocalNetworkOtherSpace:
		e.message, e.values = chromiumLocalNetworkOtherSpace, fields{{"space", f.Want}, {"space", f.Got}}
	case fetch.ReasonNetworkFailure:
		access, ok := permittedAccess(r)
		if !ok {
			return corsError{}, false
		}
		e.message, e.values = chromiumLocalNetworkDenied, fields{{"space", access.Server.String()}}
	default:
		return corsError{}, false
	}
	return e, true
}

// permittedAccess returns the access to a server that needed the user's permission
// and got it, if that server then closed the connection.
func permittedAccess(r *browser.Result) (policy.LocalNetworkAccess, bool) {
	n, fault := len(r.Trace.LocalNetwork), faultOf(r)
	if n == 0 || fault != fetch.FaultUnknown && fault != fetch.FaultClosed {
		return policy.LocalNetworkAccess{}, false
	}
	last := r.Trace.LocalNetwork[n-1]
	return last, last.Verdict == policy.LocalNetworkAllowed && last.URL == r.Request.CurrentURL()
}

// insecureNotices returns the notices about http URLs on a local network that an
// https page may load.
func insecureNotices(r *browser.Result) []Line {
	var lines []Line
	for _, u := range r.Trace.InsecureAllowed {
		lines = append(lines, mixedContent(chromiumMixedShown, r, mixedContentKind(r), u))
	}
	return lines
}
