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

// TestDecodePunycode has texts that the RFC refuses.
// https://www.rfc-editor.org/rfc/rfc3492#section-6.2
func TestDecodePunycode(t *testing.T) {
	beyond := func(n int64) string { return string(appendPunyNumber(nil, n-punyInitialN, punyInitialBias)) }
	for _, test := range []struct{ name, encoded string }{
		{name: "delimiter-after-nothing", encoded: "-fda"},
		{name: "no-digit", encoded: "fd_a"},
		{name: "surrogate", encoded: beyond(0xD800)},
		{name: "beyond-unicode", encoded: beyond(utf8.MaxRune + 1)},
		{name: "beyond-32-bits", encoded: beyond(1<<32 + 'é')},
	} {
		_, ok := decodePunycode(test.encoded)
		assert.Check(t, !ok, test.name)
	}
	got, ok := decodePunycode(beyond('é'))
	assert.Assert(t, ok)
	assert.Equal(t, got, "é")
}

// The loop of the RFC divides what is greater than ((base - tmin) * tmax) div 2.
// https://www.rfc-editor.org/rfc/rfc3492#section-6.1
func TestAdaptBias(t *testing.T) {
	const limit = (punyBase - punyTMin) * punyTMax / 2
	assert.Equal(t, adaptBias(2*limit, 1000, false), int64(punyBase*limit/(limit+punySkew)))
	divided := (limit + 1) / (punyBase - punyTMin)
	assert.Equal(t, adaptBias(2*(limit+1), 1000, false), int64(punyBase+punyBase*divided/(divided+punySkew)))
}

// A joiner must follow a virama; a non-joiner may also are between letters that
// join. https://www.rfc-editor.org/rfc/rfc5892#appendix-A.1
func TestJoiners(t *testing.T) {
	for _, test := range []struct {
		name, label string
		fits        bool
	}{
		{name: "joiner-after-virama", label: "\u0915\u094D\u200D\u0937", fits: true},
		{name: "joiner-after-letter", label: "\u0915\u200D\u0937"},
		{name: "second-joiner-after-letter", label: "\u0915\u094D\u200D\u0937\u200D\u0937"},
		{name: "non-joiner-between-letters-that-join-on-both-sides", label: "\u0628\u200C\u0628", fits: true},
		{name: "non-joiner-before-letter-that-joins-to-its-right", label: "\u0628\u200C\u0627", fits: true},
		{name: "non-joiner-before-letter-that-does-not-join", label: "\u0628\u200C\u0621"},
		{name: "non-joiner-after-letter-that-does-not-join-on", label: "\u0627\u200C\u0628"},
		{name: "non-joiner-across-marks", label: "\u0628\u064B\u200C\u064B\u0628", fits: true},
	} {
		_, ok := appendToASCII(nil, test.label)
		assert.Check(t, ok == test.fits, test.name)
	}
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
