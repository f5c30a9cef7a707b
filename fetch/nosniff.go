package fetch

import "strings"

// DetermineNosniff reports whether a response forbids MIME type sniffing.
// https://fetch.spec.whatwg.org/#determine-nosniff
func DetermineNosniff(l HeaderList) bool {
	// Step 1: all items of all lines.
	values, ok := l.GetDecodeSplit("X-Content-Type-Options")
	// Steps 2 to 4: only the first item counts.
	return ok && EqualFold(values[0], "nosniff")
}

// IsScriptLike reports whether a destination is script-like. Of these
// destinations only [DestinationScript] is modelled further.
func (d Destination) IsScriptLike() bool {
	switch d {
	case DestinationScript, "audioworklet", "paintworklet", "serviceworker", "sharedworker", "worker":
		return true
	}
	return false
}

// ShouldBeBlockedDueToNosniff reports whether a response forbids MIME type
// sniffing and has the wrong type for a destination.
// https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?
func ShouldBeBlockedDueToNosniff(resp *Response, d Destination) bool {
	// Steps 3 to 5, first: other destinations are not blocked.
	if !d.IsScriptLike() && d != DestinationStyle {
		return false
	}
	// Step 1: only if the response has nosniff.
	if !DetermineNosniff(resp.Header) {
		return false
	}
	// Step 2: extract the MIME type.
	t, ok := ExtractMIMEType(resp.Header)
	// Step 5: a style sheet needs the type text/css.
	if d == DestinationStyle {
		return !ok || t.Essence() != "text/css"
	}
	// Steps 4 and 6: a script needs a JavaScript MIME type.
	return !ok || !t.IsJavaScript()
}

// ShouldBeBlockedDueToMIMEType reports whether a response for a script has a
// type that cannot be a script.
// https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?
func ShouldBeBlockedDueToMIMEType(resp *Response, d Destination) bool {
	// Step 4, first: only script-like destinations are blocked.
	if !d.IsScriptLike() {
		return false
	}
	// Steps 1 to 3: a response without a type is allowed.
	t, ok := ExtractMIMEType(resp.Header)
	// Steps 4 and 5: some types are blocked, every other one is allowed.
	return ok && IsNeverScript(t.Essence())
}

// IsNeverScript reports whether a type, given by its essence, cannot be that of a script:
// that of an image, audio, video or CSV.
// https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?
func IsNeverScript(essence string) bool {
	t := MIMEType{essence: essence}
	return t.IsImage() || t.IsAudio() || t.IsVideo() || essence == "text/csv"
}

// IsOpaqueBlocklisted reports whether opaque response blocking blocks a type,
// given by its essence, when the response forbids MIME type sniffing: HTML,
// XML, JSON and plain text.
// https://whatpr.org/fetch/1442.html#opaque-blocklisted-mime-type
func IsOpaqueBlocklisted(essence string) bool {
	switch essence {
	case "text/html", "text/plain", "text/xml", "application/xml", "text/json", "application/json":
		return true
	}
	return strings.HasSuffix(essence, "+json") || strings.HasSuffix(essence, "+xml") && essence != "image/svg+xml"
}
