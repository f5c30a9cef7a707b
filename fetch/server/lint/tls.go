package lint

import (
	"context"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// behindTLS returns the subject as a server that gets plain HTTP from whatever ends TLS
// in front of it, when its configuration has CORS headers for plain HTTP only: a page with
// https cannot request it otherwise.
func (s *Subject) behindTLS(ctx context.Context) *Subject {
	if s.Model == nil || s.Server != fetch.Transport(s.Model) {
		return s
	}
	plain := *s.Model
	plain.Server = plainHTTP{s.Model.Server}
	if s.anyAllows(ctx, s.Model) || !s.anyAllows(ctx, &plain) {
		return s
	}
	out := *s
	out.Model, out.Server = &plain, &plain
	return &out
}

// anyAllows reports whether a response of a model has Access-Control-Allow-Origin.
func (s *Subject) anyAllows(ctx context.Context, m *server.Model) bool {
	return slices.ContainsFunc(s.URLs, func(text string) bool {
		u, err := origin.ParseURL(text)
		if err != nil || u.Scheme() != "https" {
			return false
		}
		for _, from := range append([]string{s.Origin}, append(originsOf(s.Model), "https://"+strangerHost)...) {
			req := &fetch.WireRequest{Method: "GET", URL: u.WithoutFragment(), Header: fetch.HeaderList{{Name: "Origin", Value: from}}}
			a, err := m.Answer(ctx, server.RequestFromWire(req))
			if err == nil && a.Header.Contains(fetch.HeaderAllowOrigin) {
				return true
			}
		}
		return false
	})
}

// plainHTTP is a server that gets all requests over plain HTTP.
type plainHTTP struct{ next server.Answerer }

// Answer answers a request.
func (p plainHTTP) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	plain := *req
	plain.TLS = false
	return p.next.Answer(ctx, &plain)
}
