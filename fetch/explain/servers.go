package explain

import (
	"context"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

// servers answers the requests of a result as its servers did. A request that they
// never got is answered by a response without CORS headers.
type servers struct {
	known  fetch.Transport
	result *browser.Result
}

// RoundTrip answers a request.
func (s *servers) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	switch t := server.TargetOf(req); {
	case isSeen(s.result, t):
		return s.known.RoundTrip(ctx, req)
	case isGranted(s.result, t):
		return server.AllowPreflight(req), ctx.Err()
	}
	return unseenResponse(s.result), ctx.Err()
}

// isGranted reports whether a preflight was not sent because the preflight cache
// had what it would have asked for. An earlier preflight was then successful.
func isGranted(r *browser.Result, t server.Target) bool {
	return t.Preflight && slices.ContainsFunc(r.Trace.Exchanges, func(x browser.Exchange) bool {
		return x.Preflight.CacheHit && server.TargetOf(&x.Request).URL == t.URL
	})
}

// isSeen reports whether a trace has what came back for a request.
func isSeen(r *browser.Result, t server.Target) bool {
	return slices.ContainsFunc(r.Trace.Exchanges, func(x browser.Exchange) bool { return server.TargetOf(&x.Request) == t })
}

// unseenResponse is a response of the type that a call needs, without CORS headers.
func unseenResponse(r *browser.Result) *fetch.WireResponse {
	contentType, body := "text/plain", ""
	switch {
	case r.API == browser.APIEventSource:
		contentType = "text/event-stream"
	case r.API != browser.APIElement:
	case r.Tag == browser.TagImg:
		contentType, body = "image/gif", "GIF89a"
	case r.Tag == browser.TagFont:
		contentType, body = "font/woff2", "wOF2"
	case r.Tag == browser.TagAudio || r.Tag == browser.TagVideo:
		contentType, body = "video/webm", "\x1a\x45\xdf\xa3"
	case r.Tag == browser.TagStylesheet:
		contentType = "text/css"
	default:
		contentType = "text/javascript"
	}
	return &fetch.WireResponse{
		Status: 200, Body: body, Header: fetch.HeaderList{{Name: "Content-Type", Value: contentType}},
	}
}
