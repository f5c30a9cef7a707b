package syntax

// Node is a part of a source text.
type Node interface {
	// Offset is the byte offset in the text at which the node begins.
	Offset() int
}

// At is the byte offset at which a node begins.
type At int

// Offset returns the offset.
func (a At) Offset() int { return int(a) }

// Expr is an expression: one of the pointer types in this file and [*Unknown].
type Expr interface {
	Node
	expr()
}

// Name is a name with its sigil, such as "app" or "@name".
type Name struct {
	At
	Text string
}

// Null is None, null or nil.
type Null struct{ At }

// Bool is True or False.
type Bool struct {
	At
	Value bool
}

// Number is a number as it is written, without underscores.
type Number struct {
	At
	Text string
}

// Text is a string without interpolation, escapes resolved.
type Text struct {
	At
	Value string
	// Symbol reports whether it is a Ruby symbol; Bytes whether it is a bytes
	// literal of Python; Char whether it is a character of C#.
	Symbol, Bytes, Char bool
}

// Template is a string with interpolation: an f-string, "…#{x}…" or $"…{x}…".
type Template struct {
	At
	// Parts are Text and the expressions between; an expression with a format or
	// conversion is an [*Unknown].
	Parts []Expr
}

// Pattern is a regular expression literal of Ruby.
type Pattern struct {
	At
	Source, Flags string
}

// ListForm is the form of a [List].
type ListForm uint8

// The forms of lists.
const (
	FormList  ListForm = iota // [1, 2], new[] { 1, 2 }
	FormTuple                 // (1, 2)
	FormSet                   // {1, 2}
)

// List is a list, a tuple or a set.
type List struct {
	At
	Form  ListForm
	Items []Arg
}

// Ellipsis is "..." in the place of an expression.
type Ellipsis struct{ At }

// Dict is a dictionary or a hash.
type Dict struct {
	At
	Entries []Entry
}

// Entry is one entry of a [Dict]. The Key is nil when the entry is
// another dictionary that is merged (Spread).
type Entry struct {
	At
	Key, Value Expr
	Spread     bool
}

// Attr is x.name or X::name.
type Attr struct {
	At
	X    Expr
	Name string
	// Static reports whether it is written with "::"; Safe whether it is written
	// with "?." or "&.".
	Static, Safe bool
}

// Index is x[key].
type Index struct {
	At
	X    Expr
	Keys []Arg
}

// Slice is low:high:step within an [Index] of Python; each part may be nil.
type Slice struct {
	At
	Low, High, Step Expr
}

// Call is a call with its arguments.
type Call struct {
	At
	Fun   Expr
	Types string // C#: the type arguments, such as "string[]"
	Args  []Arg
	// Block is the block of a Ruby call; nil when there is none.
	Block *Lambda
	// New reports whether it is written with "new".
	New bool
	// Body are the members of an object without a class in Java: new X() { … }.
	Body []Stmt
	// Init are the initialisers of a C# object: new X { A = 1 }.
	Init []Arg
}

// Arg is an argument or an item of a list. Name is the name of a keyword argument,
// written name=x, name: x or :name => x. Key is the key when it is another
// expression ("x" => y).
type Arg struct {
	At
	Name  string
	Key   Expr
	Value Expr
	// Star is 1 for *x, 2 for **x.
	Star int
}

// Unary is an operator before or after one operand. Op is the operator as written,
// such as "-", "not", "!", "await", "(string)", "x++". X is nil in a "yield" without
// an operand.
type Unary struct {
	At
	Op string
	X  Expr
}

// Binary is an operator between two operands, as written: "+", "and", "not in".
type Binary struct {
	At
	Op   string
	X, Y Expr
}

// Cond is "x if c else y" or "c ? x : y". Then is nil in "c ?: y".
type Cond struct {
	At
	If, Then, Else Expr
}

// Assigned is an assignment within an expression.
type Assigned struct {
	At
	Target Expr
	Op     string // "=", "||=", ":="
	Value  Expr
}

// Lambda is a function without a name. Either Result or Body is set.
type Lambda struct {
	At
	Params []Param
	Result Expr
	Body   []Stmt
	// Attributes are those of C#.
	Attributes []Expr
}

// Param is a parameter of a function.
type Param struct {
	At
	Name    string
	Type    string
	Default Expr
	Star    int // 1 for *x, 2 for **x
	// Attributes are those of C# and the annotations of Java, such as FromBody.
	Attributes []Expr
}

// Comprehension is [Item for … in … if …] in one of its forms. Key is set for
// dictionaries; Generator reports whether it is in parentheses.
type Comprehension struct {
	At
	Form      ListForm
	Generator bool
	Key, Item Expr
	For       []CompFor
	open      bool // no bracket of its own was read yet
}

// CompFor is one "for" of a [Comprehension].
type CompFor struct {
	Target, In Expr
	If         []Expr
}

// Match is a switch expression of C#.
type Match struct {
	At
	Subject Expr
	Arms    []Arm
}

// Arm is one arm of a [Match]; Values is empty for the default.
type Arm struct {
	Values []Expr
	Result Expr
}

// Unknown is a part of a text that is not read. It is an expression and a
// statement.
type Unknown struct {
	At
	End  int    // the offset after it
	Text string // as it stands, shortened
}

func (*Name) expr()          {}
func (*Null) expr()          {}
func (*Bool) expr()          {}
func (*Number) expr()        {}
func (*Text) expr()          {}
func (*Template) expr()      {}
func (*Pattern) expr()       {}
func (*List) expr()          {}
func (*Ellipsis) expr()      {}
func (*Dict) expr()          {}
func (*Attr) expr()          {}
func (*Index) expr()         {}
func (*Slice) expr()         {}
func (*Call) expr()          {}
func (*Unary) expr()         {}
func (*Binary) expr()        {}
func (*Cond) expr()          {}
func (*Assigned) expr()      {}
func (*Lambda) expr()        {}
func (*Comprehension) expr() {}
func (*Match) expr()         {}
func (*Unknown) expr()       {}
