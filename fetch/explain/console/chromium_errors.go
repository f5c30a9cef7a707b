package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// scriptError returns what a promise is rejected with, what a call throws, or
// what an element or event source tells of its error.
func (chromium) scriptError(r *browser.Result) (text string, ok bool) {
	if r.Failure == nil || r.Outcome == browser.Refused {
		return "", false
	}
	if r.Outcome == browser.Threw {
		return thrownText(r), true
	}
	switch r.API {
	case browser.APIFetch:
		return "TypeError: Failed to fetch", true
	case browser.APIEventSource:
		if isReconnected(r.Failure) {
			return "reconnecting", true
		}
		return "closed", true
	case browser.APIElement:
		return elementError(r)
	}
	return "", false
}

// isReconnected reports whether an event source tries again, as it does where
// the network failed.
func isReconnected(f *fetch.Failure) bool {
	switch f.Reason {
	case fetch.ReasonNetworkFailure, fetch.ReasonResponseMalformed, fetch.ReasonBadPort, fetch.ReasonRedirectLimit,
		fetch.ReasonRedirectLocationMalformed:
		return true
	}
	return false
}

func elementError(r *browser.Result) (text string, ok bool) {
	switch r.Tag {
	case browser.TagFont:
		return "NetworkError: A network error occurred.", true
	case browser.TagAudio, browser.TagVideo:
		return mediaError(r), true
	}
	return "", false
}

// mediaError is what audio and video tell of their error: of an opaque response
// that came as far as them, nothing.
func mediaError(r *browser.Result) string {
	const code = "MediaError 4"
	reason := r.Failure.Reason
	switch opaque := r.Request != nil && r.Request.Tainting == fetch.TaintingOpaque; {
	case opaque && (reason == fetch.ReasonElementStatus || reason == fetch.ReasonElementUndecodable):
		return code
	case reason == fetch.ReasonElementUndecodable:
		return code + ": PipelineStatus::DEMUXER_ERROR_COULD_NOT_OPEN: FFmpegDemuxer: open context failed"
	}
	return code + ": MEDIA_ELEMENT_ERROR: Format error"
}

// thrownText is the exception that a call throws.
func thrownText(r *browser.Result) string {
	switch r.API {
	case browser.APIXHR:
		return xhrException(r.Failure)
	case browser.APIEventSource:
		return "SyntaxError: Failed to construct 'EventSource': Cannot open an EventSource to '" + latin1(r.Failure.Got) + "'. The URL is invalid."
	case browser.APIBeacon:
		return "TypeError: Failed to execute 'sendBeacon' on 'Navigator': " + beaconException(r.Failure)
	}
	return "TypeError: Failed to execute 'fetch' on 'Window': " + fetchException(r.Failure)
}

func beaconException(f *fetch.Failure) string {
	if f.Reason == fetch.ReasonURLNotHTTP {
		return "Beacons are only supported over HTTP(S)."
	}
	return "The URL argument is ill-formed or unsupported."
}

// xhrException is what open() and setRequestHeader() throw.
func xhrException(f *fetch.Failure) string {
	got := "'" + latin1(f.Got) + "'"
	switch f.Reason {
	case fetch.ReasonMethodMalformed:
		return "SyntaxError: Failed to execute 'open' on 'XMLHttpRequest': " + got + " is not a valid HTTP method."
	case fetch.ReasonMethodForbidden:
		return "SecurityError: Failed to execute 'open' on 'XMLHttpRequest': " + got + " HTTP method is unsupported."
	case fetch.ReasonHeaderNameMalformed:
		return "SyntaxError: Failed to execute 'setRequestHeader' on 'XMLHttpRequest': " + got + " is not a valid HTTP header field name."
	case fetch.ReasonHeaderValueMalformed:
		return "SyntaxError: Failed to execute 'setRequestHeader' on 'XMLHttpRequest': " + got + " is not a valid HTTP header field value."
	}
	return "SyntaxError: Failed to execute 'open' on 'XMLHttpRequest': Invalid URL"
}

// fetchException is what fetch() throws, or rejects with before it fetches.
func fetchException(f *fetch.Failure) string {
	got := latin1(f.Got)
	switch f.Reason {
	case fetch.ReasonURLMalformed:
		return "Failed to parse URL from " + got
	case fetch.ReasonURLCredentials:
		return "Request cannot be constructed from a URL that includes credentials: " + got
	case fetch.ReasonMethodMalformed:
		return "'" + got + "' is not a valid HTTP method."
	case fetch.ReasonMethodForbidden:
		return "'" + got + "' HTTP method is unsupported."
	case fetch.ReasonMethodNoCORS:
		return "'" + got + "' is unsupported in no-cors mode."
	case fetch.ReasonHeaderNameMalformed:
		return "Invalid name"
	case fetch.ReasonHeaderValueMalformed:
		return "Invalid value"
	case fetch.ReasonBodyWithGetOrHead:
		return "Request with GET/HEAD method cannot have body."
	case fetch.ReasonModeNavigate:
		return "Cannot construct a Request with a RequestInit whose mode member is set as 'navigate'."
	case fetch.ReasonCacheModeNeedsOrigin:
		return "'only-if-cached' can be set only with 'same-origin' mode"
	case fetch.ReasonStreamBodyNeedsDuplex:
		return "The `duplex` member must be specified for a request with a streaming body"
	case fetch.ReasonStreamBodyMode:
		return "If request is made from ReadableStream, mode should be\"same-origin\" or \"cors\""
	}
	return unknownWord(f)
}

// enumerations are the members of RequestInit that take a word, by the anchor of
// their type in the standard.
var enumerations = map[string]struct{ member, name string }{
	"requestmode":        {"mode", "RequestMode"},
	"requestcredentials": {"credentials", "RequestCredentials"},
	"requestredirect":    {"redirect", "RequestRedirect"},
	"requestcache":       {"cache", "RequestCache"},
}

func unknownWord(f *fetch.Failure) string {
	e := enumerations[f.Step.Anchor]
	return "Failed to read the '" + e.member + "' property from 'RequestInit': The provided value '" + latin1(f.Got) +
		"' is not a valid enum value of type " + e.name + "."
}
