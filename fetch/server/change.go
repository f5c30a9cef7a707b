package server

import (
	"context"
	"errors"
	"strconv"

	"github.com/corsim/corsim/fetch"
)

// Target says which of a server's answers is meant.
type Target struct {
	// Preflight reports whether it is the answer to a CORS-preflight request.
	Preflight bool
	// Method and URL are the request's as it reaches the server: OPTIONS for a
	// preflight, no fragment.
	Method, URL string
}

// TargetOf returns which answer a request asks for.
func TargetOf(req *fetch.WireRequest) Target {
	return Target{Preflight: req.IsPreflight(), Method: req.Method, URL: req.URL.WithoutCredentials().WithoutFragment()}
}

// String names the answer, as in "the response to GET https://api.example/".
func (t Target) String() string {
	switch {
	case t.Preflight:
		return "the response to the preflight (" + t.Method + " " + t.URL + ")"
	case t.Method == "":
		return "the response from " + t.URL
	}
	return "the response to " + t.Method + " " + t.URL
}

// Op is what a change does to an answer.
type Op string

// The operations.
const (
	// OpSet gives a header one value on one line, whatever it had before.
	OpSet Op = "set"
	// OpRemove removes all lines of a header.
	OpRemove Op = "remove"
	// OpStatus gives the answer a status; an answer, too, where there was none.
	OpStatus Op = "status"
)

// Change is one change to one answer of a server.
type Change struct {
	Target Target
	Op     Op
	// Header is the header's name; empty with [OpStatus].
	Header string
	// Value is the header's value or the status in digits; empty with [OpRemove].
	Value string
}

// String returns the change alone, as in "set Vary: Origin".
func (c Change) String() string {
	switch c.Op {
	case OpRemove:
		return "remove " + c.Header
	case OpStatus:
		return "respond with status " + c.Value
	}
	return "set " + c.Header + ": " + c.Value
}

// apply changes an answer.
func (c Change) apply(answer *fetch.WireResponse) {
	switch c.Op {
	case OpSet:
		answer.Header.Set(c.Header, c.Value)
	case OpRemove:
		answer.Header.Delete(c.Header)
	case OpStatus:
		// A status that is no number is a mistake of who made the change.
		answer.Status, _ = strconv.Atoi(c.Value)
		if fetch.IsNullBodyStatus(answer.Status) {
			answer.Body = ""
			answer.Header.Delete("Content-Length")
		}
	}
}

// Apply returns a transport whose answers are those of t with changes. A server
// that closes the connection answers after all where a change gives a status.
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
