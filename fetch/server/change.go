package server

import (
	"context"
	"errors"
	"strconv"

	"github.com/corsim/corsim/fetch"
)

// Target identifies a response of a server.
type Target struct {
	// Preflight reports whether it is the response to a CORS-preflight request.
	Preflight bool
	// Method and URL are those of the request that reaches the server: OPTIONS
	// for a preflight, and no fragment.
	Method, URL string
}

// TargetOf returns the target for the response to a request.
func TargetOf(req *fetch.WireRequest) Target {
	return Target{Preflight: req.IsPreflight(), Method: req.Method, URL: req.URL.WithoutCredentials().WithoutFragment().String()}
}

// String names the response, as in "the response to GET https://api.example/".
func (t Target) String() string {
	switch {
	case t.Preflight:
		return "the response to the preflight (" + t.Method + " " + t.URL + ")"
	case t.Method == "":
		return "the response from " + t.URL
	}
	return "the response to " + t.Method + " " + t.URL
}

// Op is what a change does to a response.
type Op string

// The operations.
const (
	// OpSet sets a header to one value on one line, and replaces all earlier
	// lines.
	OpSet Op = "set"
	// OpRemove removes all lines of a header.
	OpRemove Op = "remove"
	// OpStatus sets the status of a response. It also makes a response when the
	// server sends none.
	OpStatus Op = "status"
)

// Change is one change to one response of a server.
type Change struct {
	Target Target
	Op     Op
	// Header is the header's name; empty with [OpStatus].
	Header string
	// Value is the header's value or the status in digits; empty with [OpRemove].
	Value string
}

// String returns the change without its target, as in "set Vary: Origin".
func (c Change) String() string {
	switch c.Op {
	case OpRemove:
		return "remove " + c.Header
	case OpStatus:
		return "respond with status " + c.Value
	}
	return "set " + c.Header + ": " + c.Value
}

// apply changes a response.
func (c Change) apply(answer *fetch.WireResponse) {
	switch c.Op {
	case OpSet:
		answer.Header.Set(c.Header, c.Value)
	case OpRemove:
		answer.Header.Delete(c.Header)
	case OpStatus:
		// A status that is not a number is a mistake of the caller.
		answer.Status, _ = strconv.Atoi(c.Value)
		if fetch.IsNullBodyStatus(answer.Status) {
			answer.Body = ""
			answer.Header.Delete("Content-Length")
		}
	}
}

// Apply returns a transport that makes changes to the responses of t. If a
// change sets a status, a server that closes the connection sends a response
// instead.
func Apply(t fetch.Transport, changes ...Change) fetch.Transport {
	if len(changes) == 0 {
		return t
	}
	return fetch.TransportFunc(func(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		answer, err := t.RoundTrip(ctx, req)
		target := TargetOf(req)
		if errors.Is(err, fetch.ErrNoAnswer) && givesStatus(changes, target) {
			answer, err = &fetch.WireResponse{}, nil
		}
		if err != nil {
			return answer, err
		}
		changed := *answer
		changed.Header = answer.Header.Clone()
		for _, c := range changes {
			if c.Target == target {
				c.apply(&changed)
			}
		}
		return &changed, nil
	})
}

func givesStatus(changes []Change, target Target) bool {
	for _, c := range changes {
		if c.Target == target && c.Op == OpStatus {
			return true
		}
	}
	return false
}
