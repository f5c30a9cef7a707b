package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// isBodyFailure reports whether a failure is about a body that cannot be read,
// after a response has arrived.
func isBodyFailure(f *fetch.Failure) bool {
	return f.Reason == fetch.ReasonResponseMalformed && f.Step.Anchor == "handle-content-codings"
}

// firefoxBodyErrors are what text() and the other readers are rejected with, by the
// header that the body does not fit.
var firefoxBodyErrors = map[string]string{
	"Content-Length":    "TypeError: Content-Length header of network response exceeds response Body.",
	"Content-Encoding":  "TypeError: Decoding failed.",
	"Transfer-Encoding": "TypeError: Error in body stream",
}

// BodyError returns the error with which the readers of a response, such as text(),
// are rejected; ok is false if the body can be read or the engine has no text.
func BodyError(r *browser.Result) (text string, ok bool) {
	if r.Response == nil || r.Response.BodyFailure == nil {
		return "", false
	}
	switch r.Profile.Engine() {
	case browser.EngineChromium:
		return "TypeError: Failed to fetch", true
	case browser.EngineFirefox:
		text, ok = firefoxBodyErrors[r.Response.BodyFailure.Header]
		return text, ok
	case browser.EngineWebKit:
		return "TypeError: Load failed", true
	}
	return "", false
}
