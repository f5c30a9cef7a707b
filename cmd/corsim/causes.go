package main

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// kindMeanings says what each kind of request means.
var kindMeanings = map[fetch.Kind]string{
	fetch.KindSameOrigin:  "it stays within its origin, so CORS has no part in it",
	fetch.KindNoCORS:      "it is sent as it is, and its response is opaque to script",
	fetch.KindSimple:      "it is sent without asking first",
	fetch.KindPreflighted: "the browser asks first, with OPTIONS",
	fetch.KindLocal:       "no server is asked",
	fetch.KindRefused:     "it cannot be sent at all",
}

// describeClassification says what a request is, and why.
func describeClassification(c fetch.Classification) string {
	if len(c.Causes) == 0 {
		return c.Kind.String() + ": " + kindMeanings[c.Kind]
	}
	return c.Kind.String() + " for " + causeList(c.Causes)
}

// causeList names causes in short.
func causeList(causes []fetch.Cause) string {
	names := make([]string, len(causes))
	for i, c := range causes {
		names[i] = causeName(c)
	}
	return strings.Join(names, ", ")
}

func causeName(c fetch.Cause) string {
	switch c.Kind {
	case fetch.CauseMethod:
		return "method " + visible(c.Name)
	case fetch.CauseHeader:
		return "header " + c.Name
	case fetch.CauseUploadListener:
		return "an upload listener"
	case fetch.CauseEarlierHop:
		return "headers that it no longer has"
	}
	return "a stream as body"
}

// causeReason says why a cause is one.
func causeReason(c fetch.Cause) string {
	switch c.Kind {
	case fetch.CauseMethod:
		return "only GET, HEAD and POST go out without asking"
	case fetch.CauseUploadListener:
		return "it would tell script how fast the server takes the body"
	case fetch.CauseStreamBody:
		return "a form could not send one"
	case fetch.CauseEarlierHop:
		return "the browser asked for them before the redirect, and asks again"
	}
	return headerReasons[c.Why]
}

var headerReasons = map[fetch.HeaderCause]string{
	fetch.HeaderNameNotSafelisted:  "only Accept, Accept-Language, Content-Language, Content-Type and Range can go out without asking",
	fetch.HeaderValueTooLong:       "the value has more than 128 bytes",
	fetch.HeaderValueUnsafeByte:    "the value has a byte that no form would send in it",
	fetch.HeaderTypeMalformed:      "the value is no MIME type",
	fetch.HeaderTypeNotSafelisted:  "only text/plain, application/x-www-form-urlencoded and multipart/form-data go out without asking",
	fetch.HeaderRangeNotSafelisted: "only a single range with a start goes out without asking",
	fetch.HeaderSumTooLong:         "the safelisted values have more than 1024 bytes together",
	fetch.HeaderRefused:            "the standard lets it go out without asking, the browser does not",
}

// causeWords are the stable names of causes in JSON.
var causeWords = map[fetch.HeaderCause]string{
	fetch.HeaderNameNotSafelisted:  "name-not-safelisted",
	fetch.HeaderValueTooLong:       "value-too-long",
	fetch.HeaderValueUnsafeByte:    "value-unsafe-byte",
	fetch.HeaderTypeMalformed:      "type-malformed",
	fetch.HeaderTypeNotSafelisted:  "type-not-safelisted",
	fetch.HeaderRangeNotSafelisted: "range-not-safelisted",
	fetch.HeaderSumTooLong:         "sum-too-long",
	fetch.HeaderRefused:            "refused-by-browser",
}
