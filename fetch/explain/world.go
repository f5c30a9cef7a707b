package explain

import (
	"context"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// world answers as the servers of a result did, and what they were never asked
// as a server does that knows nothing of CORS.
type world struct {
	known  fetch.Transport
	result *browser.Result
}

// RoundTrip answers a request.
func (w *world) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	switch t := TargetOf(req); {
	case isSeen(w.result, t):
		return w.known.RoundTrip(ctx, req)
	case isGranted(w.result, t):
		return granting(req), ctx.Err()
	}
	return unseen(w.result), ctx.Err()
}

// isGranted reports whether a preflight was not sent because the cache covered
// what it would have asked for: then it was answered well before.
func isGranted(r *browser.Result, t Target) bool {
	return t.Kind == browser.ExchangePreflight && slices.ContainsFunc(r.Trace.Exchanges, func(x browser.Exchange) bool {
		return x.Preflight.CacheHit && TargetOf(&x.Request).URL == t.URL
	})
}

// granting is an answer that allows all that a preflight asks for.
func granting(preflight *fetch.WireRequest) *fetch.WireResponse {
	out := &fetch.WireResponse{Status: 204, Header: fetch.HeaderList{{Name: fetch.HeaderAllowCredentials, Value: "true"}}}
	for _, pair := range [...][2]string{
		{fetch.HeaderAllowOrigin, fetch.HeaderOrigin},
		{fetch.HeaderAllowMethods, fetch.HeaderRequestMethod},
		{fetch.HeaderAllowHeaders, fetch.HeaderRequestHeaders},
	} {
		if value, ok := preflight.Header.Get(pair[1]); ok {
			out.Header.Append(pair[0], value)
		}
	}
	return out
}

// isSeen reports whether a trace has what came back for a request.
func isSeen(r *browser.Result, t Target) bool {
	return slices.ContainsFunc(r.Trace.Exchanges, func(x browser.Exchange) bool { return TargetOf(&x.Request) == t })
}

// unseen is the answer that a page would have wanted, without headers of CORS.
func unseen(r *browser.Result) *fetch.WireResponse {
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
