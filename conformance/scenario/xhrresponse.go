package scenario

import (
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// errHTMLDocument is the error of an XMLHttpRequest whose response is an HTML document
// that is not empty: what a parser makes of it is not simulated.
var errHTMLDocument = &NotSimulatedError{Key: "responseType", What: "documents that are parsed as HTML"}

// xhrText returns what script gets of an XMLHttpRequest as the response, as a text: a
// document and JSON are serialised again, and a Blob and an ArrayBuffer are read as
// UTF-8. It returns false where script gets null.
// https://xhr.spec.whatwg.org/#the-response-attribute
func xhrText(r *browser.Result, responseType string) (string, bool) {
	switch responseType {
	case "document":
		text, ok, _ := xhrDocument(r)
		return text, ok
	case "json":
		return jsonAgain(r.Response.Body)
	case "", "text":
		return decodeText(r.Response), true
	}
	return decodeUTF8(r.Response.Body), true
}

// checkDocument returns the error of a response that script gets as a document that is
// not simulated.
func checkDocument(r *browser.Result, responseType string) error {
	if responseType != "document" || r.Response == nil || r.Outcome == browser.Blocked {
		return nil
	}
	_, _, err := xhrDocument(r)
	return err
}

// decodeText decodes the body as the charset says that the response has; a byte order
// mark counts for more.
// https://xhr.spec.whatwg.org/#text-response
func decodeText(resp *fetch.Response) string {
	body := resp.Body
	switch {
	case strings.HasPrefix(body, "\xEF\xBB\xBF"):
		return decodeUTF8(body)
	case strings.HasPrefix(body, "\xFF\xFE"):
		return fromUTF16(body[2:], 0)
	case strings.HasPrefix(body, "\xFE\xFF"):
		return fromUTF16(body[2:], 1)
	}
	t, _ := fetch.ExtractMIMEType(resp.Unfiltered().Header)
	charset, _ := t.Parameter("charset")
	switch label := fetch.ByteLowercase(strings.Trim(charset, " \t\r\n\f")); {
	case slices.Contains(latin1Labels, label):
		return fromWindows1252(body)
	case slices.Contains(utf16Labels, label):
		return fromUTF16(body, 0)
	case label == "utf-16be" || label == "unicodefffe":
		return fromUTF16(body, 1)
	}
	return decodeUTF8(body)
}

// latin1Labels are the labels of windows-1252, and utf16Labels those of UTF-16LE.
// https://encoding.spec.whatwg.org/#names-and-labels
var (
	latin1Labels = []string{
		"ansi_x3.4-1968", "ascii", "cp1252", "cp819", "csisolatin1", "ibm819", "iso-8859-1", "iso-ir-100", "iso8859-1", "iso88591",
		"iso_8859-1", "iso_8859-1:1987", "l1", "latin1", "us-ascii", "windows-1252", "x-cp1252",
	}
	utf16Labels = []string{"csunicode", "iso-10646-ucs-2", "ucs-2", "unicode", "unicodefeff", "utf-16", "utf-16le"}
)

// windows1252 has the letters of the bytes 0x80 to 0x9F.
// https://encoding.spec.whatwg.org/#windows-1252
var windows1252 = [...]rune{
	0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
	0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178,
}

func fromWindows1252(bytes string) string {
	out := make([]rune, len(bytes))
	for i := range len(bytes) {
		out[i] = rune(bytes[i])
		if c := bytes[i]; 0x80 <= c && c < 0xA0 {
			out[i] = windows1252[c-0x80]
		}
	}
	return string(out)
}

// fromUTF16 decodes UTF-16, with the high byte of each unit at an index of it.
// https://encoding.spec.whatwg.org/#shared-utf-16-decoder
func fromUTF16(bytes string, low int) string {
	units := make([]uint16, len(bytes)/2, len(bytes)/2+1)
	for i := range units {
		units[i] = uint16(bytes[2*i+low]) | uint16(bytes[2*i+1-low])<<8
	}
	if len(bytes)%2 == 1 {
		units = append(units, 0xFFFD)
	}
	return string(utf16.Decode(units))
}

// emptyHTML is the document that the HTML parser makes of nothing.
const emptyHTML = `<html xmlns="http://www.w3.org/1999/xhtml"><head></head><body></body></html>`

// xhrDocument returns the document of the response, serialised as XML.
// https://xhr.spec.whatwg.org/#document-response
func xhrDocument(r *browser.Result) (string, bool, error) {
	body := r.Response.Body
	t, ok := fetch.ExtractMIMEType(r.Response.Unfiltered().Header)
	switch essence := t.Essence(); {
	case ok && essence == "text/html":
		switch {
		case body != "":
			return "", false, errHTMLDocument
		case !r.MakesEmptyDocument():
			return "", false, nil
		}
		return emptyHTML, true, nil
	case ok && essence != "text/xml" && essence != "application/xml" && !strings.HasSuffix(essence, "+xml"):
		return "", false, nil
	}
	return xmlAgain(body)
}
