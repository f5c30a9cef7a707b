package nodejs

import (
	"context"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nodejs/kinds"
)

// kind is the word for servers in JavaScript.
const kind = "nodejs"

// Readers returns the readers of servers in JavaScript and TypeScript, of vite.config.js,
// of webpack.config.js as far as it configures webpack-dev-server, and of the proxy of
// Create React App: a package.json or a setupProxy.js.
func Readers() []server.Reader {
	out := []server.Reader{Reader()}
	for _, r := range kinds.DevServers() {
		r.Load = devServer{r.Kind, devStarts[r.Kind]}.load
		out = append(out, r)
	}
	return out
}

// Reader returns the reader of servers in JavaScript and TypeScript.
func Reader() server.Reader {
	r := kinds.Server()
	r.Load = func(ctx context.Context, src server.Source) (*server.Model, error) { return load(ctx, src) }
	return r
}
