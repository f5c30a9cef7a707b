package syntax

// kind is the kind of a token.
type kind uint8

const (
	endOfText kind = iota
	nameToken      // name or keyword, with sigil
	numberToken
	stringToken
	patternToken // Ruby: /…/
	wordsToken   // Ruby: %w[…] and %i[…]
	opToken
)

// token is one token of a text.
type token struct {
	kind       kind
	start, end int
	// text is a name, an operator, a number, or the value of a string without
	// interpolation; the flags of a pattern.
	text string
	// parts are those of a string with interpolation, the words of %w[…].
	parts []part
	// line reports whether a newline or the beginning of the text is before
	// the token; indent is then the width of its indentation.
	line   bool
	indent int
	// space reports whether white space is before the token.
	space bool
	// flag is what else is known of a string.
	flag stringFlag
}

// stringFlag is what is known about a string besides its value.
type stringFlag uint8

const (
	symbolString stringFlag = 1 << iota
	bytesString
	charString
	labelString // Ruby: "key":
	openString  // it is not closed
)

// part is a piece of a string: literal text, or an expression between two offsets.
type part struct {
	text       string
	isExpr     bool
	start, end int
	formatted  bool // the expression has a format or a conversion
}

// is reports whether the token is one of some operators or names.
func (t *token) is(words ...string) bool {
	if t.kind != opToken && t.kind != nameToken {
		return false
	}
	for _, w := range words {
		if t.text == w {
			return true
		}
	}
	return false
}
