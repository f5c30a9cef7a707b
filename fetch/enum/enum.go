// Package enum gives the constants of an enumeration their words.
//
// A [Table] is the one place that holds them: the String and the Parse of the
// enumeration's type both read it.
//
// # Terminology
//
//   - word: the text of a constant, such as "no-cors". It is what the standard
//     calls the value, or what the project prints for it and reads.
//
// # Specification
//
// Words are compared byte for byte, as Web IDL does with enumerations:
// https://webidl.spec.whatwg.org/#idl-enums
package enum

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch/textfmt"
)

// Table holds the words of an enumeration, in the order of its constants, which
// count from 0.
type Table[T ~uint8] struct {
	what  string
	words []string
}

// New returns the table of an enumeration. What it is called, as in "cache
// mode", is in errors.
func New[T ~uint8](what string, words ...string) *Table[T] {
	return &Table[T]{what: what, words: words}
}

// Word returns the word of a constant. A value that is not a constant gives its
// type and its number.
func (t *Table[T]) Word(v T) string {
	if int(v) < len(t.words) {
		return t.words[v]
	}
	return textfmt.Sprintf("%T(%d)", v, uint8(v))
}

// Parse returns the constant of a word. The error for an unknown word lists the
// known ones.
func (t *Table[T]) Parse(word string) (T, error) {
	if i := slices.Index(t.words, word); i >= 0 {
		return T(i), nil
	}
	return 0, textfmt.Errorf("unknown %s %s; known: %s", t.what, quote(word), strings.Join(t.words, ", "))
}

// Words returns all words, in the order of the constants.
func (t *Table[T]) Words() []string { return slices.Clone(t.words) }

// quote quotes a word for a message of one line; of a long word, its beginning.
func quote(word string) string {
	const most = 60
	if len(word) <= most {
		return strconv.Quote(word)
	}
	end := most
	for end > 0 && !utf8.RuneStart(word[end]) {
		end--
	}
	return strconv.Quote(word[:end]) + "…"
}
