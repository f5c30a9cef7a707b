package explain

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// KindMeaning says in a few words what a kind of request means for CORS.
func KindMeaning(k fetch.Kind) string { return kindMeanings[k] }

var kindMeanings = map[fetch.Kind]string{
	fetch.KindSameOrigin:  "CORS does not apply",
	fetch.KindNoCORS:      "there is no CORS check, and script cannot see the response",
	fetch.KindSimple:      "no preflight is needed",
	fetch.KindPreflighted: "the browser first sends a preflight, with OPTIONS",
	fetch.KindLocal:       "no request goes to a server",
	fetch.KindRefused:     "cannot be sent at all",
	fetch.KindWebSocket:   "CORS does not apply to WebSockets: every page may connect, and the server has to check Origin",
	fetch.KindNavigation:  "CORS does not apply to the document of a frame",
}

// Classification says how CORS treats a request, and why, such as "preflighted
// for method PUT".
func Classification(c fetch.Classification) string {
	if len(c.Causes) == 0 {
		return c.Kind.String() + ": " + kindMeanings[c.Kind]
	}
	return c.Kind.String() + " for " + PreflightCauses(c.Causes)
}

// PreflightCauses names the causes of a preflight, separated by commas.
func PreflightCauses(causes []fetch.Cause) string {
	names := make([]string, len(causes))
	for i, c := range causes {
		names[i] = PreflightCause(c)
	}
	return strings.Join(names, ", ")
}

// PreflightCause names one cause of a preflight, such as "header x-token".
func PreflightCause(c fetch.Cause) string {
	switch c.Kind {
	case fetch.CauseMethod:
		return "method " + visible(c.Name)
	case fetch.CauseHeader:
		return "header " + c.Name
	case fetch.CauseUploadListener:
		return "an upload listener"
	case fetch.CauseEarlierHop:
		return "headers that the request had before the redirect"
	}
	return "a stream as body"
}

// WhyPreflight says why a cause needs a preflight.
func WhyPreflight(c fetch.Cause) string {
	switch c.Kind {
	case fetch.CauseMethod:
		return "only GET, HEAD and POST are sent without a preflight"
	case fetch.CauseUploadListener:
		return "script could measure how fast the server takes the body"
	case fetch.CauseStreamBody:
		return "an HTML form cannot send a stream"
	case fetch.CauseEarlierHop:
		return "the browser sent a preflight for them before the redirect, and sends another after it"
	}
	return headerReasons[c.Why]
}

var headerReasons = map[fetch.HeaderCause]string{
	fetch.HeaderNameNotSafelisted:  "only Accept, Accept-Language, Content-Language, Content-Type and Range can be sent without a preflight",
	fetch.HeaderValueTooLong:       "the value has more than 128 bytes",
	fetch.HeaderValueUnsafeByte:    "the value has a byte that is not allowed without a preflight",
	fetch.HeaderTypeMalformed:      "the value is not a MIME type",
	fetch.HeaderTypeNotSafelisted:  "only text/plain, application/x-www-form-urlencoded and multipart/form-data are sent without a preflight",
	fetch.HeaderRangeNotSafelisted: "only a single range with a start is sent without a preflight",
	fetch.HeaderSumTooLong:         "the safelisted values have more than 1024 bytes together",
	fetch.HeaderRefused:            "the standard allows this value without a preflight, the browser does not",
}
