//go:build wasip1 && !readers

package main

import (
	"context"
	"errors"
	"runtime"
	"unsafe"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server/recipe"
)

// read and explain are nil: the readers make the module more than twice as large. They
// are built with the tag readers.
var (
	read    func(context.Context, string, *scenario.Scenario) ([]byte, error)
	explain func(string, *recipe.System) ([]answer.Explanation, error)
)

// newBrowser returns a browser that asks the host's JavaScript engine what a script is.
func newBrowser(p *browser.Profile, options ...browser.Option) *browser.Browser {
	return browser.NewWithParser(p, browser.ScriptCheck(isScript), options...)
}

// The answers of the host about a text.
const (
	hostNoScript = iota
	hostScript
	hostCannotSay
)

//go:wasmimport corsim is_script
func hostIsScript(text unsafe.Pointer, n uint32) uint32

var errHostCannotSay = errors.New("the JavaScript engine cannot parse scripts here")

func isScript(source string) (bool, error) {
	text := []byte(source + " ")
	answer := hostIsScript(unsafe.Pointer(&text[0]), uint32(len(source)))
	runtime.KeepAlive(text)
	if answer == hostCannotSay {
		return false, errHostCannotSay
	}
	return answer == hostScript, nil
}
