package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// scriptError returns what a promise is rejected with, what a call throws, or
// what an element or event source tells of its error.
func (w webkit) scriptError(r *browser.Result) (l Line, ok bool) {
	if r.Failure == nil || r.Outcome == browser.Refused {
		return Line{}, false
	}
	if r.Outcome == browser.Threw {
		return w.exception(r), true
	}
	switch r.API {
	case browser.APIFetch:
		if isServed(r) && isServiceReason(r.Failure.Reason) {
			_, thrown := w.service(r)
			return thrown, true
		}
		if r.Failure.Reason == fetch.ReasonStreamBodyUnsupported {
			return webkitStreamRefused.line(nil), true
		}
		return webkitLoadFailed.line(nil), true
	case browser.APIXHR:
		if r.Failure.Reason == fetch.ReasonTimeout {
			return webkitTimedOut.line(nil), r.Sync
		}
		return webkitFontError.line(nil), r.Sync && !r.HasNoError() // the same words
	case browser.APIEventSource:
		return w.eventSourceError(r), true
	case browser.APIElement:
		switch r.Tag {
		case browser.TagFont:
			return webkitFontError.line(nil), true
		case browser.TagAudio, browser.TagVideo:
			return webkitMediaError.line(nil), true
		}
	}
	return Line{}, false
}

// eventSourceError says whether an event source tries again: it does where
// neither access control nor the response itself was in the way.
func (webkit) eventSourceError(r *browser.Result) Line {
	reason := r.Failure.Reason
	if reason == fetch.ReasonEventSourceStatus || reason == fetch.ReasonEventSourceType || isAccessControl(r) {
		return sharedClosed.line()
	}
	return sharedReconnecting.line()
}

// exception is the exception that a call throws.
func (w webkit) exception(r *browser.Result) Line {
	switch {
	case r.API == browser.APIFetch:
		return w.fetchException(r.Failure)
	case isCSP(r):
		return webkitInsecure.line(nil)
	case r.API == browser.APIBeacon && r.Failure.Reason == fetch.ReasonURLNotHTTP:
		return webkitBeaconScheme.line(nil)
	case r.API == browser.APIBeacon && r.Failure.Reason == fetch.ReasonStreamBodyKeepalive:
		return webkitBeaconStream.line(nil)
	case r.Failure.Reason == fetch.ReasonSyncResponseType, r.Failure.Reason == fetch.ReasonSyncTimeout:
		return webkitInvalidAccess.line(nil)
	case r.API == browser.APIBeacon:
		return webkitBeaconURL.line(nil)
	case r.Failure.Reason == fetch.ReasonMethodForbidden, r.Failure.Reason == fetch.ReasonWorkerOtherOrigin:
		return webkitInsecure.line(nil)
	}
	return webkitPattern.line(nil)
}

// webkitExceptions are what fetch() throws and which has no value in it.
var webkitExceptions = map[fetch.Reason]webkitMessage{
	fetch.ReasonURLMalformed:         webkitURLRefused,
	fetch.ReasonURLCredentials:       webkitURLRefused,
	fetch.ReasonMethodMalformed:      webkitMethodMalformed,
	fetch.ReasonMethodForbidden:      webkitMethodForbidden,
	fetch.ReasonMethodNoCORS:         webkitMethodNoCORS,
	fetch.ReasonModeNavigate:         webkitNavigateMode,
	fetch.ReasonCacheModeNeedsOrigin: webkitCacheMode,
	fetch.ReasonStreamBodyKeepalive:  webkitKeepaliveStream,
}

func (webkit) fetchException(f *fetch.Failure) Line {
	switch f.Reason {
	case fetch.ReasonHeaderNameMalformed:
		return webkitNameMalformed.line(fields{{"value", latin1(f.Got)}})
	case fetch.ReasonHeaderValueMalformed:
		return webkitValueMalformed.line(fields{{"word", latin1(f.Header)}, {"value", latin1(f.Got)}})
	case fetch.ReasonBodyWithGetOrHead:
		return webkitBodyRefused.line(fields{{"word", f.Got}})
	}
	if m, ok := webkitExceptions[f.Reason]; ok {
		return m.line(nil)
	}
	return webkitTypeError.line(nil)
}
