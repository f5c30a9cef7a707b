package console

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// scriptError returns the text of the exception, of the font's or the media
// element's error, or what an event source does.
func (f firefox) scriptError(r *browser.Result) (text string, ok bool) {
	if r.Failure == nil {
		return "", false
	}
	switch r.API {
	case browser.APIFetch:
		if r.Outcome == browser.Threw {
			return "TypeError: Window.fetch: " + f.thrown(r.Failure), true
		}
		return "TypeError: NetworkError when attempting to fetch resource.", true
	case browser.APIXHR:
		return f.xhrThrown(r)
	case browser.APIElement:
		return f.elementError(r)
	case browser.APIEventSource:
		if r.Failure.Reason == fetch.ReasonNetworkFailure {
			return "reconnecting", true
		}
		return "closed", true
	}
	return "", false
}

// thrown returns what fetch() says when it throws.
func (f firefox) thrown(failure *fetch.Failure) string {
	got := failure.Got
	switch failure.Reason {
	case fetch.ReasonURLMalformed:
		return got + " is not a valid URL."
	case fetch.ReasonURLCredentials:
		return got + " is an url with embedded credentials."
	case fetch.ReasonMethodMalformed, fetch.ReasonMethodForbidden, fetch.ReasonMethodNoCORS:
		return "Invalid request method " + got + "."
	case fetch.ReasonHeaderNameMalformed:
		return decodeUTF8(strings.ToLower(got)) + " is an invalid header name."
	case fetch.ReasonHeaderValueMalformed:
		// The text ends at a NUL.
		value, _, _ := strings.Cut(got, "\x00")
		return decodeUTF8(value) + " is an invalid header value."
	case fetch.ReasonBodyWithGetOrHead:
		return "HEAD or GET Request cannot have a body."
	case fetch.ReasonModeNavigate:
		return "Invalid request mode navigate."
	case fetch.ReasonModeUnknown:
		return unknownMember(failure)
	}
	return string(failure.Reason)
}

// requestMembers are the enumerations of fetch()'s second argument.
var requestMembers = map[string][2]string{
	"requestmode":        {"mode", "RequestMode"},
	"requestcredentials": {"credentials", "RequestCredentials"},
	"requestredirect":    {"redirect", "RequestRedirect"},
}

func unknownMember(failure *fetch.Failure) string {
	names := requestMembers[failure.Step.Anchor]
	return "'" + failure.Got + "' (value of '" + names[0] + "' member of RequestInit) is not a valid value for enumeration " + names[1] + "."
}

// xhrThrown returns the exception of an XMLHttpRequest, which has no text for
// errors on the network.
func (f firefox) xhrThrown(r *browser.Result) (text string, ok bool) {
	switch r.Failure.Reason {
	case fetch.ReasonMethodForbidden:
		return "SecurityError: The operation is insecure.", true
	case fetch.ReasonHeaderNameMalformed, fetch.ReasonHeaderValueMalformed:
		return "SyntaxError: Invalid header name.", true
	case fetch.ReasonMethodMalformed, fetch.ReasonURLMalformed:
		return "SyntaxError: An invalid or illegal string was specified", true
	}
	return "", false
}

// elementError returns what fonts and media elements say.
func (f firefox) elementError(r *browser.Result) (text string, ok bool) {
	switch r.Tag {
	case browser.TagFont:
		return "NetworkError: A network error occurred.", true
	case browser.TagAudio, browser.TagVideo:
		if r.Failure.Reason == fetch.ReasonElementStatus && r.Request.Tainting == fetch.TaintingBasic {
			status, _ := strconv.Atoi(r.Failure.Got)
			return "MediaError 4: " + r.Failure.Got + ": " + fetch.StatusText(status), true
		}
		return "MediaError 4: Failed to open media", true
	}
	return "", false
}
