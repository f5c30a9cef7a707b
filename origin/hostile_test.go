package origin_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/origin"
)

// hostileShape makes an input of about the given number of bytes that could
// make a parser slow.
type hostileShape struct {
	name string
	make func(size int) string
}

func hostileShapes() []hostileShape {
	around := func(before, unit, after string) func(int) string {
		return func(size int) string { return before + strings.Repeat(unit, size/len(unit)) + after }
	}
	return []hostileShape{
		{name: "long-host", make: around("http://", "a", "/")},
		{name: "many-dots", make: around("http://", ".", "/")},
		{name: "many-number-parts", make: around("http://", "1.", "/")},
		{name: "many-number-parts-before-letter", make: around("http://", "1.", "a/")},
		{name: "many-at-signs", make: around("http://", "@", "h/")},
		{name: "many-colons", make: around("http://", "a:", "@h/")},
		{name: "many-brackets", make: around("http://", "[", "]/")},
		{name: "long-ipv6", make: around("http://[", "0:", "]/")},
		{name: "dot-segments", make: around("http://h/", "../", "")},
		{name: "segments-and-back", make: func(size int) string {
			return "http://h/" + strings.Repeat("a/", size/5) + strings.Repeat("../", size/5)
		}},
		{name: "encoded-dot-segments", make: around("http://h/", "%2e%2E/", "")},
		{name: "long-port", make: around("http://h:", "0", "80/")},
		{name: "long-number", make: around("http://0x", "f", "/")},
		{name: "percent-in-host", make: around("http://", "%61", "/")},
		{name: "percent-signs", make: around("http://h/", "%", "")},
		{name: "spaces", make: around("data:", " ", "x")},
		{name: "tabs", make: around("http://h/", "\ta", "")},
		{name: "slashes-without-host", make: around("web:/.", "//", "")},
		{name: "one-letter-idna", make: around("http://", "\u00FC", "/")},
		{name: "labels-idna", make: around("http://", "\u00FC.", "/")},
		{name: "labels-bidi", make: around("http://", "\u05D0.", "/")},
		{name: "joiners", make: around("http://\u0628", "\u064B\u200C", "\u0628/")},
		{name: "distinct-idna", make: func(size int) string {
			host := []rune("http://")
			for i := range rune(size / 3) {
				host = append(host, 0x4E00+i%20000)
			}
			return string(host) + "/"
		}},
		{name: "punycode", make: around("http://\u00FC.xn--", "7", "a/")},
		{name: "not-utf8", make: around("http://h/", "\x80", "")},
	}
}

// TestHostileInputIsFast uses sizes at which quadratic time would exceed the
// limit of any test run. BenchmarkHostile reports the time per byte.
func TestHostileInputIsFast(t *testing.T) {
	if testing.Short() {
		t.Skip("only large inputs show quadratic time")
	}
	const size = 1 << 20
	for _, shape := range hostileShapes() {
		u, err := origin.ParseURL(shape.make(size))
		assert.Check(t, err != nil || !u.IsZero(), shape.name)
	}
}

// TestLongInputIsAccepted checks that a long input alone is not an error.
func TestLongInputIsAccepted(t *testing.T) {
	for _, shape := range hostileShapes() {
		switch shape.name {
		case "long-host", "dot-segments", "long-port", "one-letter-idna", "labels-idna", "distinct-idna", "not-utf8":
			_, err := origin.ParseURL(shape.make(1 << 12))
			assert.Check(t, err, shape.name)
		}
	}
}
