package browser

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// Body is a value that script passes as the body of a request: [Text], [Blob],
// [Params], [Form], [Bytes] or [Stream]. nil means no body.
// https://fetch.spec.whatwg.org/#bodyinit
type Body interface {
	// extract returns the body and its type; "" means no type. The boundary is for
	// the parts of a form.
	// https://fetch.spec.whatwg.org/#concept-bodyinit-extract
	extract(boundary string) (body fetch.Body, contentType string)
}

// Text is a string, in UTF-8. Its type is text/plain;charset=UTF-8.
type Text string

// Blob is a Blob or a File.
// https://w3c.github.io/FileAPI/#blob-section
type Blob struct {
	Data string
	// Type is the type that script passes to the constructor; "" means no type. A
	// type with characters that are not printable ASCII counts as no type.
	Type string
}

// Param is a name and a value of [Params].
type Param struct{ Name, Value string }

// Params is a URLSearchParams. Its type is
// application/x-www-form-urlencoded;charset=UTF-8.
// https://url.spec.whatwg.org/#interface-urlsearchparams
type Params []Param

// Field is an entry of a [Form].
type Field struct {
	Name, Value string
	// Filename is the name of the file whose content Value is; "" is a text, not
	// a file.
	Filename string
	// Type is the type of the file; "" is application/octet-stream.
	Type string
}

// Form is a FormData. Its type is multipart/form-data with a boundary. Browsers
// choose a random boundary; here it has the engine's prefix and zeros:
//
//	----WebKitFormBoundary0000000000000000                (Chromium, WebKit)
//	----geckoformboundary00000000000000000000000000000000 (Firefox)
//	----formboundary0000000000000000                      (the standard)
//
// https://xhr.spec.whatwg.org/#interface-formdata
type Form []Field

// Bytes is an ArrayBuffer or a view of one. It has no type.
type Bytes []byte

// Stream is a ReadableStream and its whole content. It has no type, cannot be
// sent twice, and needs [FetchInit.Duplex].
type Stream string

// streamText is the text into which script converts a ReadableStream where a body
// cannot be a stream.
const streamText = Text("[object ReadableStream]")

// anchorExtract is the algorithm that makes a body of what script gives.
const anchorExtract = "concept-bodyinit-extract"

// textType is the type of a body that script gives as a string.
const textType = "text/plain;charset=UTF-8"

// formBoundaries has the boundary of each engine's forms.
var formBoundaries = [...]string{
	EngineNone:     "----formboundary0000000000000000",
	EngineChromium: "----WebKitFormBoundary0000000000000000",
	EngineFirefox:  "----geckoformboundary00000000000000000000000000000000",
	EngineWebKit:   "----WebKitFormBoundary0000000000000000",
}

// FormBoundary returns the boundary of the parts of a [Form] that the browser sends. It
// ends with zeros where the browser has a random part.
func (p *Profile) FormBoundary() string { return formBoundaries[p.engine] }

// extractBody extracts a body: what goes over the wire and its type.
// https://fetch.spec.whatwg.org/#concept-bodyinit-extract
func (e *environment) extractBody(b Body) (body fetch.Body, contentType string) {
	// Skipped 1 to 9: no stream is read; it stands for what it yields.
	// Steps 10 to 14: the body and its type, by what the object is.
	return b.extract(formBoundaries[e.browser.profile.engine])
}

// extract returns the string as it is.
func (t Text) extract(string) (fetch.Body, string) { return fetch.Body{Bytes: string(t)}, textType }

// extract returns the data and the type that the Blob keeps.
func (b Blob) extract(string) (fetch.Body, string) {
	return fetch.Body{Bytes: b.Data}, blobType(b.Type)
}

// extract serializes the list.
// https://url.spec.whatwg.org/#concept-urlencoded-serializer
func (p Params) extract(string) (fetch.Body, string) {
	var out []byte
	for i, param := range p {
		if i > 0 {
			out = append(out, '&')
		}
		out = appendFormEncoded(append(appendFormEncoded(out, param.Name), '='), param.Value)
	}
	return fetch.Body{Bytes: string(out)}, "application/x-www-form-urlencoded;charset=UTF-8"
}

// ParseParams returns the list that new URLSearchParams(text) has. What is not UTF-8
// becomes U+FFFD.
// https://url.spec.whatwg.org/#dom-urlsearchparams-urlsearchparams
func ParseParams(text string) Params {
	var out Params
	text = strings.TrimPrefix(text, "?")
	for more := true; more; {
		var pair string
		pair, text, more = strings.Cut(text, "&")
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		out = append(out, Param{formDecoded(name), formDecoded(value)})
	}
	return out
}

// formDecoded decodes a name or a value of a list.
// https://url.spec.whatwg.org/#concept-urlencoded-parser
func formDecoded(text string) string {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '+':
			c = ' '
		case c == '%' && i+2 < len(text):
			if n, err := strconv.ParseUint(text[i+1:i+3], 16, 8); err == nil {
				c = byte(n)
				i += 2
			}
		}
		out = append(out, c)
	}
	return strings.ToValidUTF8(string(out), "\uFFFD")
}

// appendFormEncoded appends a text, percent-encoded with the set
// application/x-www-form-urlencoded and with a plus for each space.
// https://url.spec.whatwg.org/#string-percent-encode-after-encoding
func appendFormEncoded(out []byte, text string) []byte {
	const digits = "0123456789ABCDEF"
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '*', c == '-', c == '.', c == '_':
			out = append(out, c)
		case c == ' ':
			out = append(out, '+')
		default:
			out = append(out, '%', digits[c>>4], digits[c&15])
		}
	}
	return out
}

var (
	// newlines makes each line break a CRLF.
	newlines = strings.NewReplacer("\r\n", "\r\n", "\r", "\r\n", "\n", "\r\n")
	// quoted escapes a name in Content-Disposition.
	quoted = strings.NewReplacer("\n", "%0A", "\r", "%0D", `"`, "%22")
)

// extract writes the entries as parts.
// https://html.spec.whatwg.org/#multipart/form-data-encoding-algorithm
func (f Form) extract(boundary string) (fetch.Body, string) {
	var out strings.Builder
	for _, field := range f {
		out.WriteString("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted.Replace(newlines.Replace(field.Name)) + `"`)
		value := field.Value
		if field.Filename == "" {
			value = newlines.Replace(value)
		} else {
			contentType := blobType(field.Type)
			if contentType == "" {
				contentType = "application/octet-stream"
			}
			out.WriteString(`; filename="` + quoted.Replace(field.Filename) + "\"\r\nContent-Type: " + contentType)
		}
		out.WriteString("\r\n\r\n" + value + "\r\n")
	}
	out.WriteString("--" + boundary + "--\r\n")
	return fetch.Body{Bytes: out.String()}, "multipart/form-data; boundary=" + boundary
}

// extract returns a copy of the bytes.
func (b Bytes) extract(string) (fetch.Body, string) { return fetch.Body{Bytes: string(b)}, "" }

// extract returns what can be read from the stream.
func (s Stream) extract(string) (fetch.Body, string) {
	return fetch.Body{Bytes: string(s), Stream: true}, ""
}

// blobType is the type that a Blob keeps of what it is given: lower-case, and
// none at all with characters that are not printable ASCII.
// https://w3c.github.io/FileAPI/#constructorBlob
func blobType(t string) string {
	for i := range len(t) {
		if t[i] < 0x20 || t[i] > 0x7e {
			return ""
		}
	}
	return fetch.ByteLowercase(t)
}
