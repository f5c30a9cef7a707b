package main

import (
	"syscall/js"

	"github.com/corsim/corsim/fetch/textfmt"
)

// isScript asks the JavaScript engine that runs the program. Function does not run
// the text. Other than a script, the text may return outside of functions.
func isScript(source string) (is bool, err error) {
	defer func() {
		switch thrown := recover().(type) {
		case nil:
		case js.Error:
			// The other errors are about the page: its policy may forbid Function.
			if thrown.Get("name").String() != "SyntaxError" {
				err = textfmt.Errorf("the page cannot parse scripts: %w", thrown)
			}
		default:
			panic(thrown)
		}
	}()
	js.Global().Get("Function").New(source)
	return true, nil
}
