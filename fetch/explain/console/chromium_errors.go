package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// scriptError returns what a promise is rejected with, what a call throws, or
// what an element or event source tells of its error.
func (chromium) scriptError(r *browser.Result) (l Line, ok bool) {
	if r.Failure == nil || r.Outcome == browser.Refused {
		return Line{}, false
	}
	if r.Outcome == browser.Threw {
		return exception(r), r.API != browser.APIWorker || !isCSP(r)
	}
	switch r.API {
	case browser.APIFetch:
		return chromiumNotFetched.line(nil), true
	case browser.APIXHR:
		failed := chromiumSendFailed
		if r.Failure.Reason == fetch.ReasonTimeout {
			failed = chromiumSendTimedOut
		}
		return failed.line(fields{{"url", r.Request.URL().String()}}), r.Sync
	case browser.APIEventSource:
		if isReconnected(r.Failure) {
			return sharedReconnecting.line(), true
		}
		return sharedClosed.line(), true
	case browser.APIElement:
		return elementError(r)
	}
	return Line{}, false
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

func elementError(r *browser.Result) (l Line, ok bool) {
	switch r.Tag {
	case browser.TagFont:
		return chromiumFontError.line(nil), true
	case browser.TagAudio, browser.TagVideo:
		return mediaError(r).line(nil), true
	}
	return Line{}, false
}

// mediaError is what audio and video tell of their error: of an opaque response
// that came as far as them, nothing.
func mediaError(r *browser.Result) chromiumMessage {
	reason := r.Failure.Reason
	if blockedByCall(r) {
		return chromiumMediaUnsafe
	}
	switch opaque := r.Request != nil && r.Request.Tainting == fetch.TaintingOpaque; {
	case opaque && (reason == fetch.ReasonElementStatus || reason == fetch.ReasonElementUndecodable):
		return chromiumMediaError
	case reason == fetch.ReasonElementUndecodable:
		return chromiumMediaDemuxer
	}
	return chromiumMediaFormat
}

// exception is the exception that a call throws.
func exception(r *browser.Result) Line {
	value := fields{{"value", latin1(r.Failure.Got)}}
	switch r.API {
	case browser.APIXHR:
		if r.Failure.Reason == fetch.ReasonSyncResponseType {
			return chromiumSyncType.line(nil)
		}
		if r.Failure.Reason == fetch.ReasonSyncTimeout {
			return chromiumSyncTimeout.line(nil)
		}
		if m, ok := xhrExceptions[r.Failure.Reason]; ok {
			return m.line(value)
		}
		return chromiumXHRURLMalformed.line(nil)
	case browser.APIEventSource:
		return chromiumEventSourceURL.line(value)
	case browser.APIWebSocket:
		return chromium{}.socketException(r)
	case browser.APIWorker:
		return chromiumWorkerOrigin.line(fields{{"url", latin1(r.Failure.Got)}, {"origin", r.Client.Origin.String()}})
	case browser.APIBeacon:
		switch r.Failure.Reason {
		case fetch.ReasonURLNotHTTP:
			return chromiumBeaconScheme.line(nil)
		case fetch.ReasonStreamBodyKeepalive:
			return chromiumBeaconStream.line(nil)
		}
		return chromiumBeaconURL.line(nil)
	}
	return fetchException(r.Failure)
}

// xhrExceptions are what open() and setRequestHeader() throw, but for the URL.
var xhrExceptions = map[fetch.Reason]chromiumMessage{
	fetch.ReasonMethodMalformed:      chromiumXHRMethodMalformed,
	fetch.ReasonMethodForbidden:      chromiumXHRMethodForbidden,
	fetch.ReasonHeaderNameMalformed:  chromiumXHRNameMalformed,
	fetch.ReasonHeaderValueMalformed: chromiumXHRValueMalformed,
}

// fetchExceptions are what fetch() throws, or rejects with before it fetches,
// and which has no value in it.
var fetchExceptions = map[fetch.Reason]chromiumMessage{
	fetch.ReasonHeaderNameMalformed:   chromiumNameMalformed,
	fetch.ReasonHeaderValueMalformed:  chromiumValueMalformed,
	fetch.ReasonBodyWithGetOrHead:     chromiumBodyRefused,
	fetch.ReasonModeNavigate:          chromiumNavigateMode,
	fetch.ReasonCacheModeNeedsOrigin:  chromiumCacheMode,
	fetch.ReasonStreamBodyNeedsDuplex: chromiumDuplex,
	fetch.ReasonStreamBodyMode:        chromiumStreamMode,
	fetch.ReasonStreamBodyKeepalive:   chromiumKeepaliveStream,
}

// fetchException is what fetch() throws, or rejects with before it fetches.
func fetchException(f *fetch.Failure) Line {
	got := latin1(f.Got)
	switch f.Reason {
	case fetch.ReasonURLMalformed:
		return chromiumURLMalformed.line(fields{{"line", got}})
	case fetch.ReasonURLCredentials:
		return chromiumURLCredentials.line(fields{{"line", got}})
	case fetch.ReasonMethodMalformed:
		return chromiumMethodMalformed.line(fields{{"value", got}})
	case fetch.ReasonMethodForbidden:
		return chromiumMethodForbidden.line(fields{{"value", got}})
	case fetch.ReasonMethodNoCORS:
		return chromiumMethodNoCORS.line(fields{{"value", got}})
	}
	if m, ok := fetchExceptions[f.Reason]; ok {
		return m.line(nil)
	}
	names := requestMembers[f.Step.Anchor]
	return chromiumUnknownWord.line(fields{{"word", names.member}, {"value", got}, {"word", names.enumeration}})
}
