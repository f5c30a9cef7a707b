package fetch

// DetermineNosniff reports whether a response forbids guessing its type.
// https://fetch.spec.whatwg.org/#determine-nosniff
func DetermineNosniff(l HeaderList) bool {
	// Steps 1 to 3: only the first item counts.
	values, ok := l.GetDecodeSplit("X-Content-Type-Options")
	return ok && EqualFold(values[0], "nosniff")
}

// ShouldBeBlockedDueToNosniff reports whether a response's type is wrong for a
// destination and may not be guessed.
// https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?
func ShouldBeBlockedDueToNosniff(resp *Response, d Destination) bool {
	// Step 1: only where the response says so.
	if !DetermineNosniff(resp.Header) {
		return false
	}
	// Steps 2 to 4: scripts must be scripts, style sheets style sheets.
	t, ok := ExtractMIMEType(resp.Header)
	switch d {
	case DestinationScript:
		return !ok || !t.IsJavaScript()
	case DestinationStyle:
		return !ok || t.Essence() != "text/css"
	}
	return false
}

// ShouldBeBlockedDueToMIMEType reports whether a response for a script has a
// type that no script has.
// https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?
func ShouldBeBlockedDueToMIMEType(resp *Response, d Destination) bool {
	if d != DestinationScript {
		return false
	}
	// Steps 1 and 2: without a type there is nothing to block.
	t, ok := ExtractMIMEType(resp.Header)
	if !ok {
		return false
	}
	// Step 4: media and tables are no scripts.
	switch t.group() {
	case "audio", "image", "video":
		return true
	}
	return t.Essence() == "text/csv"
}
