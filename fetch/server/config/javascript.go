//go:build !wasip1 || javascript

package config

import (
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nodejs"
)

// javaScriptReaders returns the readers of servers that are written in JavaScript.
func javaScriptReaders() []server.Reader { return nodejs.Readers() }
