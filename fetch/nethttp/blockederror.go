package nethttp

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// BlockedError is the error of a request whose response a page does not get: the
// browser blocks it, or the call throws and nothing is sent.
type BlockedError struct {
	Failure *fetch.Failure
	// Result is the complete result, with every exchange.
	Result *browser.Result
	// cause is the transport's error, if it had one.
	cause error
}

// Error says in one line what happened and why; when the preflight failed, also what it
// was needed for. It has no method and no URL: [net/http] adds them.
func (e *BlockedError) Error() string {
	text := "nethttp: " + explain.Verdict(e.Result) + " (page " + e.Result.Client.Origin.String()
	if e.Failure.Preflight {
		text += "; " + explain.Classification(e.Result.Trace.Classification)
		if e.setsUserAgent() {
			text += ", which the client sets itself"
		}
	}
	return text + "; " + e.Failure.Step.URL() + ")"
}

// setsUserAgent reports whether the preflight was needed for User-Agent alone: net/http
// sends that header by itself, but here it counts as set by script.
func (e *BlockedError) setsUserAgent() bool {
	causes := e.Result.Trace.Classification.Causes
	return len(causes) == 1 && causes[0].Kind == fetch.CauseHeader && causes[0].Name == "user-agent"
}

// Unwrap returns the error of the connection if the connection failed, otherwise
// nil.
func (e *BlockedError) Unwrap() error {
	if e.Failure.Reason == fetch.ReasonNetworkFailure {
		return e.cause
	}
	return nil
}
