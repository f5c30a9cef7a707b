package origin

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

//go:generate go run gen_idna.go

// appendToASCII appends the ASCII form of a domain that is not ASCII. The
// result may be empty or contain characters that no domain may contain. It is
// Unicode ToASCII with CheckBidi and CheckJoiners and without CheckHyphens,
// UseSTD3ASCIIRules, Transitional_Processing, VerifyDnsLength and
// IgnoreInvalidPunycode.
//
// Two rare cases differ from the standard, because of the normalisation of
// golang.org/x/text: it does not compose the letters that Unicode 16 composes
// of two, and it allows at most 30 combining marks in a row.
// https://url.spec.whatwg.org/#domain-parser-toascii,
// https://www.unicode.org/reports/tr46/#ToASCII
func appendToASCII(out []byte, domain string) ([]byte, bool) {
	// Processing, steps 1 to 3: map, normalise, split.
	mapped, ok := mapDomain(domain)
	if !ok {
		return out, false
	}
	labels := strings.Split(norm.NFC.String(mapped), ".")
	// Processing, step 4: decode and check each label.
	isBidi := false
	for i, label := range labels {
		if labels[i], ok = decodeLabel(label); !ok {
			return out, false
		}
		isBidi = isBidi || isRightToLeft(labels[i])
	}
	if isBidi && slices.ContainsFunc(labels, violatesBidiRule) {
		return out, false
	}
	// ToASCII, step 2: encode.
	for i, label := range labels {
		if i > 0 {
			out = append(out, '.')
		}
		if isASCII(label) {
			out = append(out, label...)
		} else {
			out = appendPunycode(append(out, "xn--"...), []rune(label))
		}
	}
	return out, true
}

// mapDomain replaces every code point by its IDNA mapping. It is not ok when a
// code point is disallowed; no later step can correct that.
// https://www.unicode.org/reports/tr46/#Processing
func mapDomain(domain string) (mapped string, ok bool) {
	out := make([]byte, 0, len(domain))
	for _, r := range domain {
		switch row := findOverlay(r); {
		case r < utf8.RuneSelf:
			out = append(out, lower(byte(r)))
		case row != nil && row.to == ignored:
		case row != nil:
			out = utf8.AppendRune(out, row.to+r-row.lo)
		default:
			to, ok := mapRune(r)
			if !ok {
				return "", false
			}
			out = append(out, to...)
		}
	}
	return string(out), true
}

// decodeLabel decodes Punycode and checks that the label is valid.
// https://www.unicode.org/reports/tr46/#Processing, step 4
func decodeLabel(label string) (string, bool) {
	if !strings.HasPrefix(label, "xn--") {
		return label, isValidLabel(label)
	}
	decoded, ok := decodePunycode(label[len("xn--"):])
	// The decoded label must not be ASCII, must be normalised already, and must not
	// have a second prefix or a full stop.
	ok = ok && !isASCII(decoded) && norm.NFC.IsNormalString(decoded) &&
		!strings.HasPrefix(decoded, "xn--") && !strings.Contains(decoded, ".")
	return decoded, ok && isValidLabel(decoded)
}

// runeMapper only maps: its result depends on one code point at a time.
var runeMapper = idna.New(idna.MapForLookup(), idna.ValidateLabels(false), idna.StrictDomainName(false))

// mapRune returns what a code point outside the overlay is mapped to: itself
// when it is valid. It is not ok when the code point is disallowed.
func mapRune(r rune) (string, bool) {
	to, err := runeMapper.ToUnicode(string(r))
	return to, err == nil && !strings.ContainsRune(to, utf8.RuneError)
}

// isValidRune reports whether a code point may be part of a label.
func isValidRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r < 'A' || 'Z' < r
	}
	if row := findOverlay(r); row != nil {
		return row.to == row.lo
	}
	to, ok := mapRune(r)
	return ok && to == string(r)
}

// overlayRange holds what IDNA does with the code points from lo to hi, where
// the tables of golang.org/x/net/idna are older. It maps the range to the one
// that starts at to; a valid code point maps to itself. The fields class and
// mark apply to valid code points.
type overlayRange struct {
	lo, hi, to rune
	class      bidi.Class
	mark       bool // its general category is Mark
}

// ignored is the mapping to the empty string.
const ignored rune = -1

// findOverlay returns the overlay's range for a code point, or nil.
func findOverlay(r rune) *overlayRange {
	i, found := slices.BinarySearchFunc(overlay[:], r, func(row overlayRange, r rune) int {
		return compareRange(row.lo, row.hi, r)
	})
	if !found {
		return nil
	}
	return &overlay[i]
}

// compareRange says whether a range of code points is below r, contains it, or
// is above it.
func compareRange(lo, hi, r rune) int {
	switch {
	case hi < r:
		return -1
	case r < lo:
		return 1
	}
	return 0
}
