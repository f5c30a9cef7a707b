package browser

import (
	"errors"
	"fmt"
	"slices"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"

	"github.com/corsim/corsim/fetch"
)

// ScriptCheck reports whether a text is a classic script without syntax errors:
// a JavaScript program that neither imports nor exports. It does not run the
// text. It returns an error if it cannot say. Many goroutines may call it.
// https://tc39.es/ecma262/#sec-parse-script
type ScriptCheck func(source string) (bool, error)

// ErrNoScriptCheck is the error of a call whose outcome depends on whether its
// response is a script, in a browser that has no [ScriptCheck].
var ErrNoScriptCheck = errors.New("there is no check of JavaScript's syntax: pass one to browser.NewWithScriptCheck, or use browser.New")

// parseScript is the check of the browsers that [New] returns. No other function
// may use it: the linker leaves the parser out of programs that do not call New.
func parseScript(source string) (bool, error) {
	program, err := js.Parse(parse.NewInputString(source), js.Options{})
	// Only module scripts import and export.
	return err == nil && !slices.ContainsFunc(program.List, func(s js.IStmt) bool {
		switch s.(type) {
		case *js.ImportStmt, *js.ExportStmt:
			return true
		}
		return false
	}), nil
}

// isScript reports whether a response's body is a classic script. If nobody can
// say, the call ends with an error, and the result does not matter.
func (f *fetcher) isScript(resp *fetch.Response) bool {
	err := ErrNoScriptCheck
	if check := f.env.browser.scriptCheck; check != nil {
		var is bool
		if is, err = check(resp.Body); err == nil {
			return is
		}
	}
	f.err = fmt.Errorf("whether the response from %s is a script: %w", f.req.CurrentURL().WithoutCredentials(), err)
	return false
}
