package origin

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// isValidLabel checks a label after decoding, with CheckJoiners.
// https://www.unicode.org/reports/tr46/#Validity_Criteria
func isValidLabel(label string) bool {
	if isASCII(label) {
		return true
	}
	// Criterion 6: no combining mark at the start.
	first, _ := utf8.DecodeRuneInString(label)
	if isMark(first) {
		return false
	}
	// Criterion 7: valid code points. Criterion 8: joiners only where CONTEXTJ
	// allows them.
	joiners := false
	for _, r := range label {
		if !isValidRune(r) {
			return false
		}
		joiners = joiners || r == zeroWidthNonJoiner || r == zeroWidthJoiner
	}
	return !joiners || joinersFit([]rune(label))
}

func isMark(r rune) bool {
	if row := findOverlay(r); row != nil {
		return row.mark
	}
	return unicode.Is(unicode.M, r)
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

type joiningRange struct {
	lo, hi rune
	kind   joiningType
}

func joiningTypeOf(r rune) joiningType {
	i, found := slices.BinarySearchFunc(joiningTypes[:], r, func(row joiningRange, r rune) int {
		return compareRange(row.lo, row.hi, r)
	})
	if !found {
		return joiningNone
	}
	return joiningTypes[i].kind
}

// joinersFit reports whether each zero width joiner or non-joiner follows a
// virama, or, for a non-joiner, is between letters that would join without it.
// https://www.rfc-editor.org/rfc/rfc5892#appendix-A.1
func joinersFit(label []rune) bool {
	for i, r := range label {
		if r != zeroWidthNonJoiner && r != zeroWidthJoiner {
			continue
		}
		if i > 0 && joiningTypeOf(label[i-1]) == joiningV {
			continue
		}
		if r == zeroWidthJoiner || !joinsAcross(label, i) {
			return false
		}
	}
	return true
}

// joinsAcross reports whether the letter before i joins to its left and the
// letter after i to its right; it skips transparent letters. The joiners
// themselves are not transparent, so no part of a label is read more than
// twice.
func joinsAcross(label []rune, i int) bool {
	transparent := func(r rune) bool {
		kind := joiningTypeOf(r)
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
	left, right := joiningTypeOf(label[before]), joiningTypeOf(label[after])
	return (left == joiningL || left == joiningD) && (right == joiningR || right == joiningD)
}

func bidiClass(r rune) bidi.Class {
	if row := findOverlay(r); row != nil {
		return row.class
	}
	properties, _ := bidi.LookupRune(r)
	return properties.Class()
}

// isRightToLeft reports whether a label makes its domain a bidi domain.
// https://www.rfc-editor.org/rfc/rfc5893#section-1.4
func isRightToLeft(label string) bool {
	if isASCII(label) {
		return false
	}
	for _, r := range label {
		switch bidiClass(r) {
		case bidi.R, bidi.AL, bidi.AN:
			return true
		}
	}
	return false
}

// violatesBidiRule reports whether a label of a bidi domain violates the Bidi
// rule.
func violatesBidiRule(label string) bool {
	if label == "" {
		return false
	}
	// Condition 1: the first character gives the direction.
	first, _ := utf8.DecodeRuneInString(label)
	direction := bidiClass(first)
	leftToRight := direction == bidi.L
	if !leftToRight && direction != bidi.R && direction != bidi.AL {
		return true
	}
	var seen [256]bool
	last := direction // the class of the last character that is not a nonspacing mark
	for _, r := range label {
		class := bidiClass(r)
		seen[class] = true
		switch class {
		case bidi.NSM:
			continue
		case bidi.L:
			// Condition 2.
			if !leftToRight {
				return true
			}
		case bidi.R, bidi.AL, bidi.AN:
			// Condition 5.
			if leftToRight {
				return true
			}
		case bidi.EN, bidi.ES, bidi.CS, bidi.ET, bidi.ON, bidi.BN:
		default:
			return true
		}
		last = class
	}
	// Condition 4.
	if !leftToRight && seen[bidi.EN] && seen[bidi.AN] {
		return true
	}
	// Conditions 3 and 6: how the label ends.
	switch last {
	case bidi.L, bidi.R, bidi.AL, bidi.AN, bidi.EN:
		return false
	}
	return true
}
