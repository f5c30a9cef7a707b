//go:build !javascript

package config

import (
	"context"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nodejs/kinds"
)

// javaScriptReaders returns readers that recognise servers in JavaScript and do not run
// them.
func javaScriptReaders() []server.Reader {
	out := append([]server.Reader{kinds.Server()}, kinds.DevServers()...)
	for i := range out {
		out[i].Load = func(context.Context, server.Source) (*server.Model, error) { return nil, ErrNoJavaScript }
	}
	return out
}
