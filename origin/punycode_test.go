package origin

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"gotest.tools/v3/assert"
	"pgregory.net/rapid"
)

func TestPunycodeAgreesWithIDNA(t *testing.T) {
	runes := rapid.SampledFrom([]rune("aaz09-\u00FC\u00FD\u05D0\u4E2D\u4E2D\u6587\U0001F600\U0010FFFF"))
	rapid.Check(t, func(t *rapid.T) {
		label := rapid.StringOfN(runes, 1, 40, -1).Draw(t, "label")
		if isASCII(label) {
			t.Skip()
		}
		encoded := string(appendPunycode([]byte("xn--"), []rune(label)))
		want, err := idna.Punycode.ToASCII(label)
		assert.NilError(t, err)
		assert.Equal(t, encoded, want)
		decoded, ok := decodePunycode(encoded[len("xn--"):])
		assert.Assert(t, ok)
		assert.Equal(t, decoded, label)
	})
}

func TestPunycodeDecodingAgreesWithIDNA(t *testing.T) {
	digits := rapid.SampledFrom([]rune("aaaabkz0129-"))
	rapid.Check(t, func(t *rapid.T) {
		encoded := rapid.StringOfN(digits, 1, 12, -1).Draw(t, "encoded")
		want, err := idna.Punycode.ToUnicode("xn--" + encoded)
		got, ok := decodePunycode(encoded)
		// The package refuses what decodes to ASCII; here the caller does that.
		ok = ok && !isASCII(got)
		// The package lets surrogates pass, and writes replacement characters.
		fails := err != nil || strings.ContainsRune(want, utf8.RuneError)
		assert.Equal(t, ok, !fails, "%q, %v", got, err)
		if ok {
			assert.Equal(t, got, want)
		}
	})
}

// TestNewerUnicode has domains that Unicode 15 does not know or maps otherwise.
func TestNewerUnicode(t *testing.T) {
	for _, test := range []struct {
		name, domain, want string
		fails              bool
	}{
		{name: "capital-sharp-s-is-sharp-s", domain: "stra\u1E9Ee.example", want: "xn--strae-oqa.example"},
		{name: "new-ideograph", domain: "\U0002EBF0.example", want: "xn--8g0n.example"},
		{name: "new-capital", domain: "\uA7CB.example", want: "xn--3na.example"},
		{name: "new-capital-of-a-new-letter", domain: "\U00010D50.example", want: "xn--dh0d.example"},
		{name: "filler-is-ignored", domain: "a\u3164.example", want: "a.example"},
		{name: "new-mark-at-the-start", domain: "\u0897a.example", fails: true},
		{name: "composed-since-unicode-16", domain: "\U000105D2\u0307.example", want: "xn--ev8c.example"},
		{name: "forty-marks", domain: "a" + strings.Repeat("\u0323\u0301", 20) + ".example", want: "xn--lsaaaaaaaaaaaaaaaaaaaa80eaaaaaaaaaaaaaaaaaa5162z.example"},
		{name: "unassigned", domain: "\u0378.example", fails: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, ok := appendToASCII(nil, test.domain)
			assert.Equal(t, ok, !test.fails)
			if ok {
				assert.Equal(t, string(got), test.want)
			}
		})
	}
}
