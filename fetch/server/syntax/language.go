package syntax

// Language is one of the languages that [Parse] reads.
type Language struct {
	// Title is the name of the language.
	Title        string
	id           ident
	lineComments []string
	blockComment [2]string
	// operators are those of more than one character, the longest first.
	operators []string
	// sigils are the characters that a name may begin with besides letters.
	sigils string
	// quoted reads a string or another token that only this language has; it
	// reports whether there is one.
	quoted func(*lexer) bool
	// escape returns the text of the escape sequence after a backslash and the
	// number of bytes it takes; ok is false when the backslash stays.
	escape func(rest string) (text string, n int, ok bool)
	// interpolation finds the expression at a place in a string.
	interpolation func(l *lexer, at, end int) (p part, next int)
	// binary are the binary operators by how tightly they bind.
	binary map[string]int
	right  map[string]bool // those that group from the right
	prefix map[string]int  // the operators before an operand: the level of the operand
	// assignments are the assignment operators within expressions.
	assignments map[string]bool
	// indented reports whether indentation makes blocks; lines whether a newline
	// ends a statement.
	indented, lines bool
	constants       map[string]func(At) Expr
	// reserved are the words that cannot begin an operand.
	reserved  map[string]bool
	statement func(*parser) Stmt
	primary   func(*parser) Expr // expressions of this language only; nil when there is none
	postfix   func(*parser, Expr) Expr
}

// ident is the identity of a language.
type ident int

const (
	python ident = iota
	ruby
	csharp
	java
)

// constant returns a function for the value of a word.
func constant(value string) func(At) Expr {
	switch value {
	case "null":
		return func(at At) Expr { return &Null{at} }
	default:
		return func(at At) Expr { return &Bool{at, value == "true"} }
	}
}

// words returns a set of words.
func words(list ...string) map[string]bool {
	out := make(map[string]bool, len(list))
	for _, w := range list {
		out[w] = true
	}
	return out
}

// levels returns a table of operators: those of each row bind tighter than those
// of the rows before.
func levels(rows ...[]string) map[string]int {
	out := make(map[string]int)
	for i, row := range rows {
		for _, op := range row {
			out[op] = i + 1
		}
	}
	return out
}

// File is a text that was read.
type File struct {
	Name, Text string
	Language   *Language
	Body       []Stmt
	// Faults are the places at which the text is not valid, in order; the reader
	// went on after each of them.
	Faults []Fault
	// Flat reports whether no line of the text is indented.
	Flat bool
}

// Fault is a place at which a text is not valid.
type Fault struct {
	At
	Kind FaultKind
	Text string // what is wrong
}

// FaultKind says how a text is not valid.
type FaultKind uint8

// The kinds of faults.
const (
	// FaultUnread is a statement or an expression that could not be read; the
	// text may be valid all the same.
	FaultUnread FaultKind = iota
	// FaultIndent is a block without the indentation that it needs.
	FaultIndent
	// FaultComma is a missing comma.
	FaultComma
	// FaultOpen is a string or a bracket that is not closed.
	FaultOpen
	// FaultDeep is what is nested too deep.
	FaultDeep
)

// Parse reads a text.
func Parse(lang *Language, name, text string) *File {
	f := &File{Name: name, Text: text, Language: lang}
	l := &lexer{lang: lang, text: text, end: len(text), file: f, lineStart: true}
	l.run()
	p := newParser(lang, f, l.tokens)
	f.Flat = p.flat
	f.Body = p.file0()
	sortFaults(f.Faults)
	return f
}
