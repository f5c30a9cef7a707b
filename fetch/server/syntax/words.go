package syntax

import "github.com/corsim/corsim/fetch/enum"

var (
	listForms  = enum.New[ListForm]("form of a list", "list", "tuple", "set")
	faultKinds = enum.New[FaultKind]("kind of fault", "unread", "indent", "comma", "open", "deep")
)

// String returns the word, such as "tuple".
func (f ListForm) String() string { return listForms.Word(f) }

// ParseListForm returns the form of a word.
func ParseListForm(word string) (ListForm, error) { return listForms.Parse(word) }

// String returns the word, such as "comma".
func (k FaultKind) String() string { return faultKinds.Word(k) }

// ParseFaultKind returns the kind of fault of a word.
func ParseFaultKind(word string) (FaultKind, error) { return faultKinds.Parse(word) }
