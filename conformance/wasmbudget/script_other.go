//go:build !js

package main

import "github.com/corsim/corsim/fetch/browser"

// isScript is nil: outside of a page there is no JavaScript engine to ask.
var isScript browser.ScriptCheck
