//go:build wasip1 && readers

package main

import (
	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/cmd/internal/paste"
	"github.com/corsim/corsim/fetch/browser"
)

// read answers the question "read", with the readers of package paste.
var read = paste.ReadJSON

// explain explains reasons, codes and messages of browsers.
var explain = answer.Explain

// newBrowser returns a browser that reads scripts, modules and style sheets itself.
var newBrowser = browser.New
