package lint

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// assumedHeader marks the responses of [Behind].
const assumedHeader = "X-Corsim-Assumed"

// missingPath begins the paths of resources that do not exist.
const missingPath = "/corsim-audit/"

// Behind is what stands behind a proxy when nothing is said about it: like
// [server.AssumedBackend], and status 404 for a resource that does not exist, so that
// the proxy's headers on errors are seen.
func Behind() server.Backend {
	mark := fetch.HeaderList{{Name: assumedHeader, Value: "1"}}
	return server.Backend{
		{Methods: []string{"OPTIONS"}, Status: 405, Header: mark},
		{Prefix: missingPath, Status: 404, Header: mark},
		{Status: 200, Header: mark},
	}
}
