package fetch

import (
	"encoding/base64"
	"strings"

	"github.com/corsim/corsim/origin"
)

// ProcessDataURL returns the serialised MIME type and the body of a data: URL;
// ok is false when the URL is malformed.
// https://fetch.spec.whatwg.org/#data-url-processor
func ProcessDataURL(u origin.URL) (mimeType, body string, ok bool) {
	// Steps 2 and 3: the URL without scheme and fragment.
	input := strings.TrimPrefix(u.WithoutFragment().String(), "data:")
	// Steps 4 to 9: the text before and after the first comma.
	mimeType, encoded, ok := strings.Cut(input, ",")
	if !ok {
		return "", "", false
	}
	mimeType = strings.Trim(mimeType, asciiWhitespace)
	// Step 10: the body's bytes.
	body = origin.PercentDecode(encoded)
	// Step 11: the body may be base64.
	if before, isBase64 := cutBase64(mimeType); isBase64 {
		if body, ok = forgivingBase64(body); !ok {
			return "", "", false
		}
		mimeType = before
	}
	// Step 12: a type may start with its parameters.
	if strings.HasPrefix(mimeType, ";") {
		mimeType = "text/plain" + mimeType
	}
	// Steps 13 and 14: text/plain replaces an invalid type.
	if t, ok := ParseMIMEType(mimeType); ok {
		return t.String(), body, true
	}
	return "text/plain;charset=US-ASCII", body, true
}

// asciiWhitespace holds the ASCII whitespace of the Infra Standard.
const asciiWhitespace = " \t\n\f\r"

// cutBase64 removes ";base64" from the end of a type, and reports whether the
// type had it.
func cutBase64(mimeType string) (before string, found bool) {
	const marker = "base64"
	i := len(mimeType) - len(marker)
	if i < 0 || !EqualFold(mimeType[i:], marker) {
		return "", false
	}
	return strings.CutSuffix(strings.TrimRight(mimeType[:i], " "), ";")
}

// forgivingBase64 decodes base64 and ignores white space and missing padding.
// https://infra.spec.whatwg.org/#forgiving-base64-decode
func forgivingBase64(s string) (decoded string, ok bool) {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(asciiWhitespace, r) {
			return -1
		}
		return r
	}, s)
	// One or two equals signs may complete the last group of four.
	if len(s)%4 == 0 {
		s = strings.TrimSuffix(strings.TrimSuffix(s, "="), "=")
	}
	b, err := base64.RawStdEncoding.DecodeString(s)
	return string(b), err == nil
}
