package nodejs

import (
	"strings"

	"github.com/dop251/goja"
)

// opSet is the value that the user gives for a variable.
func (m *machine) opSet(c goja.FunctionCall) goja.Value {
	return m.given(m.program.set[c.Argument(0).String()])
}

// given returns a value that the user gives: JSON, a list of words between commas,
// or a word.
func (m *machine) given(s string) goja.Value {
	parse, _ := goja.AssertFunction(m.vm.Get("JSON").(*goja.Object).Get("parse"))
	if v, err := parse(goja.Undefined(), m.vm.ToValue(s)); err == nil {
		return v
	}
	if !strings.Contains(s, ",") {
		return m.vm.ToValue(s)
	}
	var list []any
	for part := range strings.SplitSeq(s, ",") {
		list = append(list, strings.TrimSpace(part))
	}
	return m.vm.NewArray(list...)
}
