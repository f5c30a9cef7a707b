package browser

import (
	"errors"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/textfmt"
)

// Parser reads the scripts and style sheets of servers, as far as a browser's
// requests depend on them. It does not run them. Many goroutines may call it.
// The error of a method says that the parser cannot read the text.
type Parser interface {
	// IsScript reports whether a text is a classic script without syntax errors: a
	// JavaScript program that neither imports nor exports.
	// https://tc39.es/ecma262/#sec-parse-script
	IsScript(source string) (bool, error)
	// Module returns what a JavaScript module imports.
	// https://tc39.es/ecma262/#sec-parsemodule
	Module(source string) (ModuleText, error)
	// StyleSheet returns what a style sheet imports.
	// https://drafts.csswg.org/css-cascade-5/#at-import
	StyleSheet(source string) (StyleText, error)
}

// ModuleText is what the text of a JavaScript module says about other modules.
type ModuleText struct {
	// SyntaxError is the first syntax error; "" if there is none. A module with a
	// syntax error imports nothing.
	SyntaxError string
	// Imports holds the imports and exports from other modules, in order.
	Imports []Import
	// Dynamic holds the calls of import() with a literal that running the module
	// reaches for certain, unless something before them fails.
	Dynamic []Import
	// OtherDynamic is the number of the other calls of import().
	OtherDynamic int
}

// Import is one import of a module.
type Import struct {
	Specifier string
	// Type is the import attribute "type"; "" if there is none.
	Type string
	// UnknownAttribute is the name of another import attribute; "" if there is none.
	UnknownAttribute string
	// Handled reports, of a call of import(), whether script may handle its failure: it calls
	// catch(), awaits the promise or passes it on.
	Handled bool
}

// StyleText is what the text of a style sheet says about other resources.
type StyleText struct {
	// Imports holds the @import rules, in order.
	Imports []StyleImport
	// URLs holds the values of url() outside of @import, in order, each once: fonts
	// and images that a browser loads when an element uses them.
	URLs []string
}

// StyleImport is an @import rule.
type StyleImport struct {
	URL string
	// Supports is the condition of supports(), without the word; "" if there is none.
	Supports string
}

// ScriptCheck is a [Parser] that has only the method IsScript. It cannot read
// modules and style sheets, so that nothing is loaded that they import.
type ScriptCheck func(source string) (bool, error)

// ErrNoParser is the error of a call whose outcome depends on whether its
// response is a script, in a browser that has no [Parser]. It is also the error of
// the methods that a parser does not have.
var ErrNoParser = errors.New("there is no parser of scripts: pass one to browser.NewWithParser, or use browser.New")

// IsScript calls the function.
func (c ScriptCheck) IsScript(source string) (bool, error) {
	if c == nil {
		return false, ErrNoParser
	}
	return c(source)
}

// Module returns [ErrNoParser].
func (ScriptCheck) Module(string) (ModuleText, error) { return ModuleText{}, ErrNoParser }

// StyleSheet returns [ErrNoParser].
func (ScriptCheck) StyleSheet(string) (StyleText, error) { return StyleText{}, ErrNoParser }

// isScript reports whether a response's body is a classic script. If nobody can
// say, the call ends with an error, and the result does not matter.
func (f *fetcher) isScript(resp *fetch.Response) bool {
	err := ErrNoParser
	if parser := f.env.browser.parser; parser != nil {
		var is bool
		if is, err = parser.IsScript(resp.Body); err == nil {
			return is
		}
	}
	f.err = textfmt.Errorf("whether the response from %s is a script: %w", f.req.CurrentURL().WithoutCredentials(), err)
	return false
}
