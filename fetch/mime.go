package fetch

import (
	"slices"
	"strings"
)

// MIMEType is a parsed MIME type. The zero value is not a MIME type: its
// essence is empty.
// https://mimesniff.spec.whatwg.org/#mime-type
type MIMEType struct {
	essence    string
	parameters []mimeParameter
}

type mimeParameter struct{ name, value string }

// ParseMIMEType parses a MIME type from bytes; ok is false when they are not
// one. It ignores parameters that do not parse, and the second parameter with
// the same name.
// https://mimesniff.spec.whatwg.org/#parse-a-mime-type-from-bytes
func ParseMIMEType(s string) (t MIMEType, ok bool) {
	essence, rest, ok := cutEssence(s)
	if !ok {
		return MIMEType{}, false
	}
	t.essence = essence
	// Step 11: parameter by parameter, each after a semicolon.
	for rest != "" {
		var p mimeParameter
		p, rest = cutParameter(rest[1:])
		// Step 11.10: the name is a token, and the value can be quoted.
		if isToken(p.name) && isQuotable(p.value) {
			t.parameters = append(t.parameters, p)
		}
	}
	if len(t.parameters) > 1 {
		t.parameters = firstOfEachName(t.parameters)
	}
	return t, true
}

// firstOfEachName is the rest of step 11.10: the first value of a repeated
// parameter counts.
func firstOfEachName(parameters []mimeParameter) []mimeParameter {
	seen := make(map[string]bool)
	return slices.DeleteFunc(parameters, func(p mimeParameter) bool {
		again := seen[p.name]
		seen[p.name] = true
		return again
	})
}

// MIMEEssence returns the essence of a MIME type without reading its
// parameters; ok is false when s is not a MIME type. It allocates only for
// upper-case letters.
// https://mimesniff.spec.whatwg.org/#mime-type-essence
func MIMEEssence(s string) (essence string, ok bool) {
	essence, _, ok = cutEssence(s)
	return essence, ok
}

// cutEssence splits a MIME type before its first semicolon.
func cutEssence(s string) (essence, rest string, ok bool) {
	// Step 1: white space at start and end is ignored.
	s = trimHTTPWhitespace(s)
	// Steps 3 to 6: a token as type, and a slash.
	slash := tokenLength(s)
	if slash == 0 || slash == len(s) || s[slash] != '/' {
		return "", "", false
	}
	// Steps 7 and 9: a token as subtype.
	end := slash + 1 + tokenLength(s[slash+1:])
	if end == slash+1 {
		return "", "", false
	}
	// Step 8: white space after it is ignored.
	if rest = s[end:]; rest != "" && rest[0] != ';' {
		if rest = trimHTTPWhitespace(rest); rest[0] != ';' {
			return "", "", false
		}
	}
	// Step 10: convert to lower case.
	return ByteLowercase(s[:end]), rest, true
}

// cutParameter reads the parameter after a semicolon. The parameter has no name
// when it does not parse; rest begins with the next semicolon.
func cutParameter(s string) (p mimeParameter, rest string) {
	// Step 11.2: white space before the name is ignored.
	s = strings.TrimLeft(s, httpWhitespace)
	// Steps 11.3 to 11.6: the name, and the delimiter after it.
	i := strings.IndexAny(s, ";=")
	if i < 0 {
		return mimeParameter{}, ""
	}
	if s[i] == ';' {
		return mimeParameter{}, s[i:]
	}
	name, s := ByteLowercase(s[:i]), s[i+1:]
	// Step 11.8: a quoted value; the text after it, up to a semicolon, is
	// ignored.
	if strings.HasPrefix(s, `"`) {
		end := skipQuotedString(s, 0)
		return mimeParameter{name, unquote(s[:end])}, fromSemicolon(s[end:])
	}
	// Step 11.9: an unquoted value, which must not be empty.
	rest = fromSemicolon(s)
	value := strings.TrimRight(s[:len(s)-len(rest)], httpWhitespace)
	if value == "" {
		return mimeParameter{}, rest
	}
	return mimeParameter{name, value}, rest
}

// fromSemicolon returns s from its first semicolon on; "" when it has none.
func fromSemicolon(s string) string {
	if i := strings.IndexByte(s, ';'); i >= 0 {
		return s[i:]
	}
	return ""
}

// unquote returns the value of a quoted string; its closing quotation mark may
// be missing.
func unquote(s string) string {
	s = s[1:]
	if i := strings.IndexAny(s, `"\`); i < 0 {
		return s
	} else if s[i] == '"' {
		return s[:i]
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String()
		case s[i] == '\\' && i+1 < len(s):
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// isQuotable reports whether a value has only HTTP quoted-string token code
// points.
// https://mimesniff.spec.whatwg.org/#http-quoted-string-token-code-point
func isQuotable(value string) bool {
	for i := range len(value) {
		if c := value[i]; c != '\t' && (c < 0x20 || c == 0x7f) {
			return false
		}
	}
	return true
}

// Essence returns type and subtype in lower case, such as "text/plain".
// https://mimesniff.spec.whatwg.org/#mime-type-essence
func (t MIMEType) Essence() string { return t.essence }

// Parameter returns the value of a parameter. The name must be in lower case.
func (t MIMEType) Parameter(name string) (value string, ok bool) {
	for _, p := range t.parameters {
		if p.name == name {
			return p.value, true
		}
	}
	return "", false
}

// WithParameter returns the type with a parameter set. An existing parameter
// keeps its position. The name must be in lower case.
func (t MIMEType) WithParameter(name, value string) MIMEType {
	set := make([]mimeParameter, 0, len(t.parameters)+1)
	found := false
	for _, p := range t.parameters {
		if p.name == name {
			p.value, found = value, true
		}
		set = append(set, p)
	}
	if !found {
		set = append(set, mimeParameter{name, value})
	}
	t.parameters = set
	return t
}

// String serialises the type.
// https://mimesniff.spec.whatwg.org/#serialize-a-mime-type
func (t MIMEType) String() string {
	if len(t.parameters) == 0 {
		return t.essence
	}
	var b strings.Builder
	b.WriteString(t.essence)
	for _, p := range t.parameters {
		b.WriteString(";" + p.name + "=")
		if isToken(p.value) {
			b.WriteString(p.value)
			continue
		}
		b.WriteString(`"` + quoter.Replace(p.value) + `"`)
	}
	return b.String()
}

var quoter = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// IsImage reports whether the type is an image MIME type.
// https://mimesniff.spec.whatwg.org/#image-mime-type
func (t MIMEType) IsImage() bool { return strings.HasPrefix(t.essence, "image/") }

// IsAudio reports whether the essence begins with "audio/".
func (t MIMEType) IsAudio() bool { return strings.HasPrefix(t.essence, "audio/") }

// IsVideo reports whether the essence begins with "video/".
func (t MIMEType) IsVideo() bool { return strings.HasPrefix(t.essence, "video/") }

var javaScriptTypes = []string{
	"application/ecmascript", "application/javascript", "application/x-ecmascript", "application/x-javascript",
	"text/ecmascript", "text/javascript", "text/javascript1.0", "text/javascript1.1", "text/javascript1.2",
	"text/javascript1.3", "text/javascript1.4", "text/javascript1.5", "text/jscript", "text/livescript",
	"text/x-ecmascript", "text/x-javascript",
}

// IsJavaScript reports whether the type is a JavaScript MIME type.
// https://mimesniff.spec.whatwg.org/#javascript-mime-type
func (t MIMEType) IsJavaScript() bool { return slices.Contains(javaScriptTypes, t.essence) }

// ExtractMIMEType extracts the MIME type from a response's Content-Type
// headers: the last one that parses, with the charset of an earlier one with
// the same essence. ok is false when none parses.
// https://fetch.spec.whatwg.org/#concept-header-extract-mime-type
func ExtractMIMEType(l HeaderList) (t MIMEType, ok bool) {
	// Steps 1 to 3: no type yet. The essence of t is the last essence.
	charset, hasCharset := "", false
	// Step 4: all items of all lines.
	values, present := l.GetDecodeSplit("Content-Type")
	// Step 5: a missing header is a failure.
	if !present {
		return MIMEType{}, false
	}
	// Step 6: item by item.
	for _, value := range values {
		// Steps 6.1 and 6.2: invalid types and */* are ignored.
		next, parsed := ParseMIMEType(value)
		if !parsed || next.essence == "*/*" {
			continue
		}
		own, hasOwn := next.Parameter("charset")
		switch {
		// Step 6.4: a type with another essence replaces the charset.
		case next.essence != t.essence:
			charset, hasCharset = own, hasOwn
		// Step 6.5: a type with the same essence inherits the charset.
		case !hasOwn && hasCharset:
			next = next.WithParameter("charset", charset)
		}
		// Step 6.3: the last type counts.
		t, ok = next, true
	}
	// Steps 7 and 8: return the type, if there is one.
	return t, ok
}

// HasBinaryDataByte reports whether a body has a byte that no text has.
// https://mimesniff.spec.whatwg.org/#binary-data-byte
func HasBinaryDataByte(body string) bool {
	const control = "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1c\x1d\x1e\x1f"
	return strings.ContainsAny(body, control)
}
