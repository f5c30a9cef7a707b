package fetch

import "strings"

// DetermineNosniff reports whether a response forbids guessing its type.
// https://fetch.spec.whatwg.org/#determine-nosniff
func DetermineNosniff(l HeaderList) bool {
	// Step 1: all items of all lines.
	values, ok := l.GetDecodeSplit("X-Content-Type-Options")
	// Steps 2 to 4: only the first one counts.
	return ok && EqualFold(values[0], "nosniff")
}

// isScriptLike reports whether a destination's responses are run as scripts.
// Of these destinations only [DestinationScript] is modelled further.
func (d Destination) isScriptLike() bool {
	switch d {
	case DestinationScript, "audioworklet", "paintworklet", "serviceworker", "sharedworker", "worker":
		return true
	}
	return false
}

// ShouldBeBlockedDueToNosniff reports whether a response's type is wrong for a
// destination and may not be guessed.
// https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?
func ShouldBeBlockedDueToNosniff(resp *Response, d Destination) bool {
	// Step 1: only where the response says so.
	if !DetermineNosniff(resp.Header) {
		return false
	}
	// Step 2: the type, if there is one.
	t, ok := ExtractMIMEType(resp.Header)
	// Steps 3 and 4: scripts must be scripts.
	if d.isScriptLike() && (!ok || !t.IsJavaScript()) {
		return true
	}
	// Step 5: style sheets must be style sheets.
	if d == DestinationStyle && (!ok || t.Essence() != "text/css") {
		return true
	}
	// Step 6: nothing else is asked.
	return false
}

// ShouldBeBlockedDueToMIMEType reports whether a response for a script has a
// type that no script has.
// https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?
func ShouldBeBlockedDueToMIMEType(resp *Response, d Destination) bool {
	// Step 4, first: for all other destinations no type is wrong.
	if !d.isScriptLike() {
		return false
	}
	// Steps 1 to 3: without a type there is nothing to block.
	t, ok := ExtractMIMEType(resp.Header)
	if !ok {
		return false
	}
	// Step 4: media and tables are no scripts.
	if t.IsImage() || t.IsAudio() || t.IsVideo() || t.Essence() == "text/csv" {
		return true
	}
	// Step 5: all else may be one.
	return false
}

// IsOpaqueBlocklisted reports whether opaque response blocking keeps a type,
// given by its essence, from those who may not look inside when the response
// forbids guessing: HTML, XML, JSON and plain text.
// https://whatpr.org/fetch/1442.html#opaque-blocklisted-mime-type
func IsOpaqueBlocklisted(essence string) bool {
	switch essence {
	case "text/html", "text/plain", "text/xml", "application/xml", "text/json", "application/json":
		return true
	}
	return strings.HasSuffix(essence, "+json") || strings.HasSuffix(essence, "+xml") && essence != "image/svg+xml"
}
