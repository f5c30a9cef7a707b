package lint

import (
	"context"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// assumedHeader marks the responses of [Behind].
const assumedHeader = "X-Corsim-Assumed"

// The paths of resources that do not exist, and of those for which [Behind] closes the
// connection. They are relative to the URL that is requested, because a server may
// have CORS headers in one folder only.
const (
	probeFolder = "corsim-audit/"
	missingPath = probeFolder + "no-such-resource"
	brokenPath  = probeFolder + "backend-down"
)

// Behind returns what is behind a proxy when nothing is said about it: like
// [server.AssumedBackend], with status 404 for a resource that does not exist and
// no answer for another, so that the proxy's headers on errors are seen.
func Behind() server.Answerer { return behind{} }

type behind struct{}

// Answer answers a request.
func (behind) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := &server.Answer{Status: 200, Header: fetch.HeaderList{{Name: assumedHeader, Value: "1"}}}
	switch {
	case req.Method == "OPTIONS":
		out.Status = 405
	case strings.Contains(req.Target, "/"+brokenPath):
		return nil, fetch.ErrNoAnswer
	case strings.Contains(req.Target, "/"+probeFolder):
		out.Status = 404
	}
	return out, nil
}
