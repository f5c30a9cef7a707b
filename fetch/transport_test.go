package fetch_test

import (
	"context"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
)

func TestIsPreflight(t *testing.T) {
	tests := []struct {
		name string
		req  fetch.WireRequest
		want bool
	}{
		{name: "preflight", req: fetch.WireRequest{Method: "OPTIONS", Header: list("access-control-request-METHOD: PUT")}, want: true},
		{name: "options-of-a-page", req: fetch.WireRequest{Method: "OPTIONS", Header: list("Origin: https://myapp.com")}},
		{name: "other-method", req: fetch.WireRequest{Method: "GET", Header: list("Access-Control-Request-Method: PUT")}},
	}
	for _, test := range tests {
		assert.Check(t, is.Equal(test.req.IsPreflight(), test.want), test.name)
	}
}

func TestTransportFunc(t *testing.T) {
	req := &fetch.WireRequest{Method: "GET"}
	f := fetch.TransportFunc(func(_ context.Context, got *fetch.WireRequest) (*fetch.WireResponse, error) {
		assert.Check(t, got == req)
		return nil, fetch.ErrNoAnswer
	})
	_, err := f.RoundTrip(t.Context(), req)
	assert.ErrorIs(t, err, fetch.ErrNoAnswer)
}
