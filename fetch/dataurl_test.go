package fetch_test

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

func TestProcessDataURL(t *testing.T) {
	const none = "text/plain;charset=US-ASCII"
	tests := []struct {
		name     string
		url      string
		mimeType string
		body     string
		failure  bool
	}{
		{name: "no-comma", url: "data:text/plain", failure: true},
		{name: "comma-only-in-fragment", url: "data:x#,y", failure: true},
		{name: "nothing-but-a-comma", url: "data:,", mimeType: none},
		{name: "no-type", url: "data:,X", mimeType: none, body: "X"},
		{name: "type", url: "data:text/html,X", mimeType: "text/html", body: "X"},
		{name: "type-in-upper-case", url: "data:IMAGE/gif;CHARSET=x,%C2%B1", mimeType: "image/gif;charset=x", body: "\xc2\xb1"},
		{name: "host-is-part-of-the-type", url: "data://test/,X", mimeType: none, body: "X"},
		{name: "fragment-is-left-out", url: "data:,X#Y", mimeType: none, body: "X"},
		{name: "query-is-body", url: "data:,X?Y", mimeType: none, body: "X?Y"},
		{name: "second-comma-is-body", url: "data:,X,Y", mimeType: none, body: "X,Y"},
		{name: "comma-in-quotes-ends-the-type", url: `data:text/plain;a=",",X`, mimeType: "text/plain;a=\"\"", body: `",X`},
		{name: "bytes", url: "data:,%FF%00", mimeType: none, body: "\xff\x00"},
		{name: "broken-percent-signs", url: "data:,%%41%4%zz%", mimeType: none, body: "%A%4%zz%"},
		{name: "spaces-around-the-type", url: "data: text/html ,X", mimeType: "text/html", body: "X"},
		{name: "encoded-space-in-the-type", url: "data:text/plain%20,X", mimeType: "text/plain%20", body: "X"},
		{name: "malformed-type", url: "data:X,X", mimeType: none, body: "X"},
		{name: "unescaped-non-ascii", url: "data:\u2020/\u2020,X", mimeType: "%e2%80%a0/%e2%80%a0", body: "X"},
		{name: "only-a-parameter", url: "data:;charset=x,X", mimeType: "text/plain;charset=x", body: "X"},
		{name: "space-before-the-parameter", url: "data:; charset=x,X", mimeType: "text/plain;charset=x", body: "X"},
		{name: "space-in-the-value", url: "data:;charset= x,X", mimeType: `text/plain;charset=" x"`, body: "X"},
		{name: "empty-parameter", url: "data:text/plain;,X", mimeType: "text/plain", body: "X"},
		{name: "base64", url: "data:x/x;base64,WA", mimeType: "x/x", body: "X"},
		{name: "base64-without-type", url: "data:;base64,WA", mimeType: none, body: "X"},
		{name: "base64-twice", url: "data:;base64;base64,WA", mimeType: "text/plain", body: "X"},
		{name: "base64-not-last", url: "data:x/x;base64;charset=x,WA", mimeType: "x/x;charset=x", body: "WA"},
		{name: "base64-in-any-case", url: "data:;BASe64,WA", mimeType: none, body: "X"},
		{name: "base64-behind-spaces", url: "data:x/x;  base64,WA", mimeType: "x/x", body: "X"},
		{name: "base64-before-spaces", url: "data:;base64 ,WA", mimeType: none, body: "X"},
		{name: "base64-without-semicolon", url: "data:base64,WA", mimeType: none, body: "WA"},
		{name: "base64-with-more-before", url: "data:x/x;xbase64,WA", mimeType: "x/x", body: "WA"},
		{name: "base64-with-value", url: "data:x/x;base64=x,WA", mimeType: "x/x;base64=x", body: "WA"},
		{name: "base64-encoded", url: "data:;%62ase64,WA", mimeType: "text/plain", body: "WA"},
		{name: "base64-with-encoded-space", url: "data:;base64,W%20A%0C", mimeType: none, body: "X"},
		{name: "base64-malformed", url: "data:x/x;base64,W", failure: true},
		{name: "base64-padded", url: "data:;base64,WA==", mimeType: none, body: "X"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			mimeType, body, ok := fetch.ProcessDataURL(origin.MustParseURL(test.url))
			assert.Check(t, is.Equal(ok, !test.failure))
			assert.Check(t, is.Equal(mimeType, test.mimeType))
			assert.Check(t, is.Equal(body, test.body))
		})
	}
}

func TestForgivingBase64(t *testing.T) {
	tests := []struct {
		name    string
		encoded string // percent-encoded
		want    string
		failure bool
	}{
		{name: "empty", encoded: ""},
		{name: "whole-groups", encoded: "abcd", want: "i\xb7\x1d"},
		{name: "two-left", encoded: "ab", want: "i"},
		{name: "three-left", encoded: "abc", want: "i\xb7"},
		{name: "one-left", encoded: "abcde", failure: true},
		{name: "two-left-padded", encoded: "ab==", want: "i"},
		{name: "two-left-padded-once", encoded: "ab=", failure: true},
		{name: "three-left-padded", encoded: "abc=", want: "i\xb7"},
		{name: "three-left-padded-twice", encoded: "abc==", failure: true},
		{name: "whole-groups-padded", encoded: "abcd=", failure: true},
		{name: "whole-groups-padded-by-a-group", encoded: "abcd====", failure: true},
		{name: "padding-alone", encoded: "====", failure: true},
		{name: "padding-inside", encoded: "ab=c", failure: true},
		{name: "white-space-anywhere", encoded: "%20%09%0A%0C%0Dab%09%0A%0C%0D%20cd", want: "i\xb7\x1d"},
		{name: "white-space-in-padding", encoded: "ab%20=%0A=", want: "i"},
		{name: "vertical-tab", encoded: "ab%0Bcd", failure: true},
		{name: "no-break-space", encoded: "ab%C2%A0cd", failure: true},
		{name: "left-over-bits", encoded: "/A", want: "\xfc"},
		{name: "url-alphabet", encoded: "-_-_", failure: true},
		{name: "nul", encoded: "%00abc", failure: true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, body, ok := fetch.ProcessDataURL(origin.MustParseURL("data:;base64," + test.encoded))
			assert.Check(t, is.Equal(ok, !test.failure))
			assert.Check(t, is.Equal(body, test.want))
		})
	}
}

func TestPercentDecode(t *testing.T) {
	tests := []struct{ name, input, want string }{
		{name: "nothing-to-do", input: "abc", want: "abc"},
		{name: "either-case", input: "%c3%A9", want: "\xc3\xa9"},
		{name: "once-only", input: "%2541", want: "%41"},
		{name: "at-the-end", input: "x%4", want: "x%4"},
		{name: "no-hexadecimal", input: "%4g%g4%", want: "%4g%g4%"},
		{name: "percent-before-triple", input: "%%41", want: "%A"},
		{name: "plus-is-no-space", input: "a+b", want: "a+b"},
	}
	for _, test := range tests {
		assert.Check(t, is.Equal(origin.PercentDecode(test.input), test.want), test.name)
	}
}
