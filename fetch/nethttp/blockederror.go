package nethttp

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// BlockedError is the error of a request that a page would get nothing from:
// blocked, or not even sent because the call throws.
type BlockedError struct {
	Failure *fetch.Failure
	// Result is the whole story, with every exchange.
	Result *browser.Result
	// cause is the transport's error, if it had one.
	cause error
}

// Error says in one line what happened and why; the method and the URL are left
// to [net/http].
func (e *BlockedError) Error() string {
	return "nethttp: " + explain.Verdict(e.Result) + " (page " + e.Result.Client.Origin.String() + "; " + e.Failure.Step.URL() + ")"
}

// Unwrap returns the error of the connection where that failed.
func (e *BlockedError) Unwrap() error {
	if e.Failure.Reason == fetch.ReasonNetworkFailure {
		return e.cause
	}
	return nil
}
