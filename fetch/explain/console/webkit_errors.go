package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// scriptError returns what a promise is rejected with, what a call throws, or
// what an element or event source tells of its error.
func (w webkit) scriptError(r *browser.Result) (text string, ok bool) {
	if r.Failure == nil || r.Outcome == browser.Refused {
		return "", false
	}
	if r.Outcome == browser.Threw {
		return w.exception(r), true
	}
	switch r.API {
	case browser.APIFetch:
		return "TypeError: Load failed", true
	case browser.APIEventSource:
		return w.eventSourceError(r), true
	case browser.APIElement:
		switch r.Tag {
		case browser.TagFont:
			return "NetworkError:  A network error occurred.", true
		case browser.TagAudio, browser.TagVideo:
			return "MediaError 4", true
		}
	}
	return "", false
}

// eventSourceError says whether an event source tries again: it does where
// neither access control nor the response itself stood in the way.
func (webkit) eventSourceError(r *browser.Result) string {
	switch r.Failure.Reason {
	case fetch.ReasonEventSourceStatus, fetch.ReasonEventSourceType:
		return "closed"
	}
	if isAccessControl(r) {
		return "closed"
	}
	return "reconnecting"
}

const patternMismatch = "SyntaxError: The string did not match the expected pattern."

// exception is the exception that a call throws.
func (w webkit) exception(r *browser.Result) string {
	switch {
	case r.API == browser.APIFetch:
		return "TypeError: " + w.fetchException(r.Failure)
	case r.API == browser.APIBeacon && r.Failure.Reason == fetch.ReasonURLNotHTTP:
		return "TypeError: Beacons can only be sent over HTTP(S)"
	case r.API == browser.APIBeacon:
		return "TypeError: This URL is invalid"
	case r.Failure.Reason == fetch.ReasonMethodForbidden:
		return "SecurityError: The operation is insecure."
	}
	return patternMismatch
}

func (webkit) fetchException(f *fetch.Failure) string {
	switch f.Reason {
	case fetch.ReasonURLMalformed, fetch.ReasonURLCredentials:
		return "URL is not valid or contains user credentials."
	case fetch.ReasonMethodMalformed:
		return "Method is not a valid HTTP token."
	case fetch.ReasonMethodForbidden:
		return "Method is forbidden."
	case fetch.ReasonMethodNoCORS:
		return "Method must be GET, POST or HEAD in no-cors mode."
	case fetch.ReasonHeaderNameMalformed:
		return "Invalid header name: '" + latin1(f.Got) + "'"
	case fetch.ReasonHeaderValueMalformed:
		return "Header '" + latin1(f.Header) + "' has invalid value: '" + latin1(f.Got) + "'"
	case fetch.ReasonBodyWithGetOrHead:
		return "Request has method '" + f.Got + "' and cannot have a body"
	case fetch.ReasonModeNavigate:
		return "Request constructor does not accept navigate fetch mode."
	case fetch.ReasonCacheModeNeedsOrigin:
		return "only-if-cached cache option requires fetch mode to be same-origin."
	}
	return "Type error"
}
