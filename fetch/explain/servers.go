package explain

import (
	"context"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

// replayedServers responds to the requests of a result as its servers did. For an
// unseen request it asks a server, if there is one; what no server answers gets a
// response without CORS headers.
type replayedServers struct {
	known  fetch.Transport
	result *browser.Result
	unseen fetch.Transport // nil when no server can be asked
	// answered holds the targets of the unseen requests that the server answered.
	answered map[server.Target]bool
}

func newReplayedServers(unseen fetch.Transport, r *browser.Result) *replayedServers {
	return &replayedServers{known: r.Trace.Transport(), result: r, unseen: unseen, answered: make(map[server.Target]bool)}
}

// RoundTrip returns the response to a request.
func (s *replayedServers) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	switch t := server.TargetOf(req); {
	case isInTrace(s.result, t):
		return s.known.RoundTrip(ctx, req)
	case isInPreflightCache(s.result, t):
		return server.AllowPreflight(req), ctx.Err()
	case s.unseen != nil:
		if resp, err := s.unseen.RoundTrip(ctx, req); err == nil {
			s.answered[t] = true
			return resp, nil
		}
	}
	return assumedResponse(s.result), ctx.Err()
}

// isInPreflightCache reports whether a preflight was not sent because the
// preflight cache covered the request. An earlier preflight was then
// successful.
func isInPreflightCache(r *browser.Result, t server.Target) bool {
	return t.Preflight && slices.ContainsFunc(r.Trace.Exchanges, func(x browser.Exchange) bool {
		return x.Preflight.CacheHit && server.TargetOf(&x.Request).URL == t.URL
	})
}

// isInTrace reports whether a trace contains the request of a target.
func isInTrace(r *browser.Result, t server.Target) bool {
	return slices.ContainsFunc(r.Trace.Exchanges, func(x browser.Exchange) bool { return server.TargetOf(&x.Request) == t })
}

// assumedResponse returns a response without CORS headers, with the type that a
// call needs.
func assumedResponse(r *browser.Result) *fetch.WireResponse {
	contentType, body := "text/plain", ""
	switch {
	case r.API == browser.APIEventSource:
		contentType = "text/event-stream"
	case r.API != browser.APIElement:
	case r.Tag == browser.TagImg || r.Tag == browser.TagCSSImage:
		contentType, body = "image/gif", "GIF89a"
	case r.Tag == browser.TagFont:
		contentType, body = "font/woff2", "wOF2"
	case r.Tag == browser.TagAudio || r.Tag == browser.TagVideo:
		contentType, body = "video/webm", "\x1a\x45\xdf\xa3"
	case r.Tag == browser.TagTrack:
		contentType, body = "text/vtt", "WEBVTT"
	case r.Tag == browser.TagStylesheet:
		contentType = "text/css"
	default:
		contentType = "text/javascript"
	}
	return &fetch.WireResponse{
		Status: 200, Body: body, Header: fetch.HeaderList{{Name: "Content-Type", Value: contentType}},
	}
}
