package config

import "github.com/corsim/corsim/fetch/server"

// javaScriptReaders returns no readers: a page does not carry a second JavaScript engine.
func javaScriptReaders() []server.Reader { return nil }
