package scenario

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
)

// JSON and documents are what script gets, serialised again.
func TestSerializedAgain(t *testing.T) {
	for body, want := range map[string]string{
		` {"b" : 1.0, "a":"\u00e9"} `: `{"b":1,"a":"é"}`, "[1,2]": "[1,2]", "\uFEFF1": "1", "null": "-", "not json": "-", "": "-",
	} {
		text, ok := jsonAgain(body)
		assert.Equal(t, ok, want != "-", body)
		assert.Assert(t, !ok || text == want, text)
	}
	for body, want := range map[string]string{
		"<a><b></b>x &amp; y</a>": "<a><b/>x &amp; y</a>", `<svg xmlns="http://www.w3.org/2000/svg" />`: `<svg xmlns="http://www.w3.org/2000/svg"/>`,
		"<a><b></a>": "-", "<a/><b/>": "-", "not xml": "-", "": "-",
	} {
		text, ok := xmlAgain(body)
		assert.Equal(t, ok, want != "-", body)
		assert.Assert(t, !ok || text == want, text)
	}
}

// A text is decoded in the charset of its type.
func TestTextOfCharset(t *testing.T) {
	for contentType, want := range map[string]string{
		"text/plain": "\uFFFD", "text/plain;charset=Latin1": "é€", "text/plain;charset=utf-16le": "胩", "text/plain;charset=utf-16be": "\uE980",
	} {
		resp := &fetch.Response{Header: fetch.HeaderList{{Name: "Content-Type", Value: contentType}}, Body: "\xe9\x80"}
		assert.Equal(t, decodeText(resp), want, contentType)
	}
}
