package origin

import "unicode/utf8"

// isValidLabel checks a label after decoding, with CheckJoiners.
// https://www.unicode.org/reports/tr46/#Validity_Criteria
func (t *idnaTables) isValidLabel(label string) bool {
	if isASCII(label) {
		return true
	}
	// Criterion 6: no combining mark at the start.
	first, _ := utf8.DecodeRuneInString(label)
	if f, _ := t.factsOf(first); f.mark {
		return false
	}
	// Criterion 7: valid code points. Criterion 8: joiners only where CONTEXTJ
	// allows them.
	joiners := false
	for _, r := range label {
		if !t.isValidRune(r) {
			return false
		}
		joiners = joiners || r == zeroWidthNonJoiner || r == zeroWidthJoiner
	}
	return !joiners || t.joinersFit([]rune(label))
}

// isValidRune reports whether a code point may be part of a label. The mapping has
// replaced capitals in ASCII, also in Punycode.
func (t *idnaTables) isValidRune(r rune) bool {
	if r < utf8.RuneSelf {
		return true
	}
	f, _ := t.factsOf(r)
	return f.status == idnaValid
}

const (
	zeroWidthNonJoiner = '\u200C'
	zeroWidthJoiner    = '\u200D'
)

// joiningType says on which sides a letter joins its neighbours.
type joiningType uint8

const (
	joiningNone joiningType = iota
	joiningL                // left
	joiningR                // right
	joiningD                // both
	joiningT                // transparent
	joiningV                // a virama, which is transparent too
)

func (t *idnaTables) joiningTypeOf(r rune) joiningType {
	f, _ := t.factsOf(r)
	return f.joining
}

// joinersFit reports whether each zero width joiner or non-joiner follows a
// virama, or, for a non-joiner, is between letters that would join without it.
// https://www.rfc-editor.org/rfc/rfc5892#appendix-A.1
func (t *idnaTables) joinersFit(label []rune) bool {
	for i, r := range label {
		if r != zeroWidthNonJoiner && r != zeroWidthJoiner {
			continue
		}
		if i > 0 && t.joiningTypeOf(label[i-1]) == joiningV {
			continue
		}
		if r == zeroWidthJoiner || !t.joinsAcross(label, i) {
			return false
		}
	}
	return true
}

// joinsAcross reports whether the letter before i joins to its left and the
// letter after i to its right; it skips transparent letters. The joiners
// themselves are not transparent, so no part of a label is read more than
// twice.
func (t *idnaTables) joinsAcross(label []rune, i int) bool {
	transparent := func(r rune) bool {
		kind := t.joiningTypeOf(r)
		return kind == joiningT || kind == joiningV
	}
	before, after := i-1, i+1
	for before >= 0 && transparent(label[before]) {
		before--
	}
	for after < len(label) && transparent(label[after]) {
		after++
	}
	if before < 0 || after == len(label) {
		return false
	}
	left, right := t.joiningTypeOf(label[before]), t.joiningTypeOf(label[after])
	return (left == joiningL || left == joiningD) && (right == joiningR || right == joiningD)
}

// bidiClass is the bidirectional class of a code point. Classes that the Bidi rule
// does not name have larger numbers.
// https://www.unicode.org/reports/tr9/#Bidirectional_Character_Types
type bidiClass uint8

const (
	bidiL bidiClass = iota
	bidiR
	bidiAL
	bidiAN
	bidiEN
	bidiES
	bidiET
	bidiCS
	bidiNSM
	bidiON
	bidiBN
)

func (t *idnaTables) bidiClassOf(r rune) bidiClass {
	f, _ := t.factsOf(r)
	return f.class
}

// isRightToLeft reports whether a label makes its domain a bidi domain.
// https://www.rfc-editor.org/rfc/rfc5893#section-1.4
func (t *idnaTables) isRightToLeft(label string) bool {
	if isASCII(label) {
		return false
	}
	for _, r := range label {
		switch t.bidiClassOf(r) {
		case bidiR, bidiAL, bidiAN:
			return true
		}
	}
	return false
}

// violatesBidiRule reports whether a label of a bidi domain violates the Bidi
// rule.
func (t *idnaTables) violatesBidiRule(label string) bool {
	if label == "" {
		return false
	}
	// Condition 1: the first character gives the direction.
	first, _ := utf8.DecodeRuneInString(label)
	direction := t.bidiClassOf(first)
	leftToRight := direction == bidiL
	if !leftToRight && direction != bidiR && direction != bidiAL {
		return true
	}
	var seen [256]bool
	last := direction // the class of the last character that is not a nonspacing mark
	for _, r := range label {
		class := t.bidiClassOf(r)
		seen[class] = true
		switch class {
		case bidiNSM:
			continue
		case bidiL:
			// Condition 2.
			if !leftToRight {
				return true
			}
		case bidiR, bidiAL, bidiAN:
			// Condition 5.
			if leftToRight {
				return true
			}
		case bidiEN, bidiES, bidiCS, bidiET, bidiON, bidiBN:
		default:
			return true
		}
		last = class
	}
	// Condition 4.
	if !leftToRight && seen[bidiEN] && seen[bidiAN] {
		return true
	}
	// Conditions 3 and 6: how the label ends.
	switch last {
	case bidiL, bidiR, bidiAL, bidiAN, bidiEN:
		return false
	}
	return true
}
