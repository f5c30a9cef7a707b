package console

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// scriptError returns the exception, the error of a font or media element, or
// what an event source does.
func (f firefox) scriptError(r *browser.Result) (l Line, ok bool) {
	if r.Failure == nil {
		return Line{}, false
	}
	if f.isPending(r) {
		return sharedTimeout.line(), r.API != browser.APIBeacon
	}
	switch r.API {
	case browser.APIWorker:
		return Line{}, false // there is an event, and no text
	case browser.APIWebSocket:
		return f.socketException(r), r.Outcome == browser.Threw
	case browser.APIFetch:
		if r.Outcome == browser.Threw {
			return f.thrown(r.Failure), true
		}
		return firefoxNetworkError.line(nil), true
	case browser.APIXHR:
		if r.Sync && r.Failure.Reason == fetch.ReasonTimeout {
			return firefoxTimedOut.line(nil), true
		}
		if r.Sync && r.Outcome == browser.Blocked {
			return firefoxFontError.line(nil), true // the same words
		}
		return f.xhrThrown(r)
	case browser.APIElement:
		return f.elementError(r)
	case browser.APIEventSource:
		if r.Failure.Reason == fetch.ReasonNetworkFailure {
			return sharedReconnecting.line(), true
		}
		return sharedClosed.line(), true
	}
	return Line{}, false
}

// thrown returns what fetch() throws.
func (f firefox) thrown(failure *fetch.Failure) Line {
	got := failure.Got
	switch failure.Reason {
	case fetch.ReasonURLMalformed:
		return firefoxURLMalformed.line(fields{{"value", got}})
	case fetch.ReasonURLCredentials:
		return firefoxURLCredentials.line(fields{{"value", got}})
	case fetch.ReasonMethodMalformed, fetch.ReasonMethodForbidden, fetch.ReasonMethodNoCORS:
		return firefoxMethodRefused.line(fields{{"value", got}})
	case fetch.ReasonHeaderNameMalformed:
		return firefoxNameMalformed.line(fields{{"value", decodeUTF8(fetch.ByteLowercase(got))}})
	case fetch.ReasonHeaderValueMalformed:
		// The text ends at a NUL.
		value, _, _ := strings.Cut(got, "\x00")
		return firefoxValueMalformed.line(fields{{"value", decodeUTF8(value)}})
	case fetch.ReasonBodyWithGetOrHead:
		return firefoxBodyRefused.line(nil)
	case fetch.ReasonModeNavigate:
		return firefoxNavigateMode.line(nil)
	case fetch.ReasonCacheModeNeedsOrigin:
		return firefoxCacheMode.line(fields{{"value", got}})
	case fetch.ReasonModeUnknown:
		names := requestMembers[failure.Step.Anchor]
		return firefoxUnknownWord.line(fields{{"value", got}, {"word", names.member}, {"word", names.enumeration}})
	}
	return firefoxOtherException.line(fields{{"word", string(failure.Reason)}})
}

// xhrThrown returns the exception of an XMLHttpRequest, which has no text for
// errors on the network.
func (f firefox) xhrThrown(r *browser.Result) (l Line, ok bool) {
	switch r.Failure.Reason {
	case fetch.ReasonSyncResponseType:
		return firefoxSyncType.line(nil), true
	case fetch.ReasonSyncTimeout:
		return firefoxSyncTimeout.line(nil), true
	case fetch.ReasonMethodForbidden:
		return firefoxInsecure.line(nil), true
	case fetch.ReasonHeaderNameMalformed, fetch.ReasonHeaderValueMalformed:
		return firefoxXHRHeader.line(nil), true
	case fetch.ReasonURLMalformed:
		if r.Client.Worker {
			// Workers get another error, as seen in recordings.
			return firefoxXHRUnopened.line(nil), true
		}
		return firefoxXHRSyntax.line(nil), true
	case fetch.ReasonMethodMalformed:
		return firefoxXHRSyntax.line(nil), true
	}
	return Line{}, false
}

// elementError returns the errors of fonts and media elements.
func (f firefox) elementError(r *browser.Result) (l Line, ok bool) {
	switch r.Tag {
	case browser.TagFont:
		return firefoxFontError.line(nil), true
	case browser.TagAudio, browser.TagVideo:
		if r.Failure.Reason == fetch.ReasonElementStatus && r.Request.Tainting == fetch.TaintingBasic {
			status, _ := strconv.Atoi(r.Failure.Got)
			return firefoxMediaStatus.line(fields{{"status", r.Failure.Got}, {"line", fetch.StatusText(status)}}), true
		}
		return firefoxMediaError.line(nil), true
	}
	return Line{}, false
}
