package syntax

// Stmt is a statement: one of the pointer types in this file and [*Unknown].
type Stmt interface {
	Node
	stmt()
}

// ExprStmt is an expression as a statement.
type ExprStmt struct {
	At
	X Expr
}

// Assign is an assignment: each of Targets gets Value. The Value is nil in a
// declaration without one.
type Assign struct {
	At
	Targets []Expr
	Op      string // "=", "+=", "||="
	Value   Expr
	Type    string // the declared type, as written
	// Decorators are the annotations of a field of Java, Modifiers its modifiers.
	Decorators []Expr
	Modifiers  []string
}

// If is a conditional; "elif" is an If as the only statement of Else.
type If struct {
	At
	Cond       Expr
	Then, Else []Stmt
}

// For is a loop over values.
type For struct {
	At
	Target, In Expr
	Body, Else []Stmt
}

// Loop is any other loop: while, until, and the loop with three parts, of which
// Init and Post are the first and the last.
type Loop struct {
	At
	Init, Post []Stmt
	Cond       Expr
	Until      bool // it ends when Cond is true
	First      bool // the body runs before Cond is tested
	Body       []Stmt
}

// Func is the definition of a function or a method.
type Func struct {
	At
	Name   string
	Params []Param
	Body   []Stmt
	// Decorators are those of Python, the attributes of C# and the annotations of Java.
	Decorators []Expr
	Modifiers  []string // "async", "static", "public", …
	Type       string   // of the result, as written
	Owner      Expr     // Ruby: self in "def self.x"
}

// Class is the definition of a class, a module or a namespace.
type Class struct {
	At
	Kind       string // "class", "module", "interface", "namespace", "enum", …
	Name       string
	Bases      []Arg
	Body       []Stmt
	Decorators []Expr
	Modifiers  []string
}

// Return is a return statement; X may be nil.
type Return struct {
	At
	X Expr
}

// Raise is raise or throw; X may be nil.
type Raise struct {
	At
	X Expr
}

// Try is a try statement or a Ruby block with rescue.
type Try struct {
	At
	Body, Else, Finally []Stmt
	Handlers            []Handler
}

// Handler is one except, catch or rescue; Types is empty for all exceptions.
type Handler struct {
	At
	Types []Expr
	Name  string
	Body  []Stmt
}

// With is a with statement of Python or a using statement of C#.
type With struct {
	At
	Items []WithItem
	Body  []Stmt
}

// WithItem is one context manager; As may be nil.
type WithItem struct{ X, As Expr }

// Import is "import a.b", "from .a import b" or "using A.B".
type Import struct {
	At
	Module string
	Dots   int // the number of leading dots of a relative import
	From   bool
	// Names are the imported names; ["*"] for all.
	Names []ImportName
}

// ImportName is a name with the name that it gets.
type ImportName struct{ Name, As string }

// Switch is a switch, a case/when of Ruby or a match statement of Python.
type Switch struct {
	At
	Subject Expr
	Cases   []Case
}

// Case is one case of a [Switch]; Values is empty for the default. Guard may be nil.
type Case struct {
	At
	Values []Expr
	Guard  Expr
	Body   []Stmt
}

// Jump is break, continue, next, redo or pass. X is the value of Ruby's break and
// next; nil when there is none.
type Jump struct {
	At
	Word string
	X    Expr
}

// Block is a list of statements in braces.
type Block struct {
	At
	Body []Stmt
}

// Declare is global, nonlocal, del or assert with its operands.
type Declare struct {
	At
	Word  string
	Items []Expr
}

func (*ExprStmt) stmt() {}
func (*Assign) stmt()   {}
func (*If) stmt()       {}
func (*For) stmt()      {}
func (*Loop) stmt()     {}
func (*Func) stmt()     {}
func (*Class) stmt()    {}
func (*Return) stmt()   {}
func (*Raise) stmt()    {}
func (*Try) stmt()      {}
func (*With) stmt()     {}
func (*Import) stmt()   {}
func (*Switch) stmt()   {}
func (*Jump) stmt()     {}
func (*Block) stmt()    {}
func (*Declare) stmt()  {}
func (*Unknown) stmt()  {}
