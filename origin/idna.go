package origin

import (
	"slices"
	"strings"
	"unicode/utf8"
)

//go:generate go run gen_idna.go

// appendToASCII appends the ASCII form of a domain that is not ASCII. The
// result may be empty or contain characters that no domain may contain. It is
// Unicode ToASCII with CheckBidi and CheckJoiners and without CheckHyphens,
// UseSTD3ASCIIRules, Transitional_Processing, VerifyDnsLength and
// IgnoreInvalidPunycode.
// https://url.spec.whatwg.org/#domain-parser-toascii,
// https://www.unicode.org/reports/tr46/#ToASCII
func appendToASCII(out []byte, domain string) ([]byte, bool) {
	// Processing, steps 1 to 3: map, normalise, split.
	table := idnaTable()
	mapped, ok := table.mapDomain(domain)
	if !ok {
		return out, false
	}
	labels := strings.Split(table.normalize(mapped), ".")
	// Processing, step 4: decode and check each label.
	isBidi := false
	for i, label := range labels {
		if labels[i], ok = table.decodeLabel(label); !ok {
			return out, false
		}
		isBidi = isBidi || table.isRightToLeft(labels[i])
	}
	if isBidi && slices.ContainsFunc(labels, table.violatesBidiRule) {
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
func (t *idnaTables) mapDomain(domain string) (mapped string, ok bool) {
	out := make([]byte, 0, len(domain))
	for _, r := range domain {
		if r < utf8.RuneSelf {
			out = append(out, lower(byte(r)))
			continue
		}
		switch f, to := t.factsOf(r); f.status {
		case idnaValid:
			out = utf8.AppendRune(out, r)
		case idnaMapped:
			out = append(out, to...)
		case idnaDisallowed:
			return "", false
		}
	}
	return string(out), true
}

// decodeLabel decodes Punycode and checks that the label is valid.
// https://www.unicode.org/reports/tr46/#Processing, step 4
func (t *idnaTables) decodeLabel(label string) (string, bool) {
	if !strings.HasPrefix(label, "xn--") {
		return label, t.isValidLabel(label)
	}
	decoded, ok := decodePunycode(label[len("xn--"):])
	// The decoded label must not be ASCII, must be normalised already, and must not
	// have a second prefix or a full stop.
	ok = ok && !isASCII(decoded) && !strings.HasPrefix(decoded, "xn--") && !strings.Contains(decoded, ".")
	return decoded, ok && t.isValidLabel(decoded) && t.normalize(decoded) == decoded
}
