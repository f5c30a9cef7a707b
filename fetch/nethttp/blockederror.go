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

// Error says in one line what happened and why. It has no method and no URL:
// [net/http] adds them.
func (e *BlockedError) Error() string {
	return "nethttp: " + explain.Verdict(e.Result) + " (page " + e.Result.Client.Origin.String() + "; " + e.Failure.Step.URL() + ")"
}

// Unwrap returns the error of the connection if the connection failed, otherwise
// nil.
func (e *BlockedError) Unwrap() error {
	if e.Failure.Reason == fetch.ReasonNetworkFailure {
		return e.cause
	}
	return nil
}
