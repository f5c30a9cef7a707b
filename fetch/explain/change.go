package explain

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// Target says which of a server's answers is meant.
type Target struct {
	Kind browser.ExchangeKind
	// Method and URL are the request's as it reaches the server: OPTIONS for a
	// preflight, no fragment.
	Method, URL string
}

// TargetOf returns which answer a request asks for.
func TargetOf(req *fetch.WireRequest) Target {
	t := Target{Method: req.Method, URL: req.URL.WithoutCredentials().WithoutFragment()}
	if req.IsPreflight() {
		t.Kind = browser.ExchangePreflight
	}
	return t
}

// String names the answer, as in "the response to GET https://api.example/".
func (t Target) String() string {
	switch {
	case t.Kind == browser.ExchangePreflight:
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

// overrides reports whether c takes the place of another change.
func (c Change) overrides(other Change) bool {
	return c.Target == other.Target && (c.Op == OpStatus) == (other.Op == OpStatus) && fetch.EqualFold(c.Header, other.Header)
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

// Warning is something to know before making a repair.
type Warning struct {
	Code   WarningCode
	Target Target
	Text   string
}

// WarningCode is a stable code for a warning.
type WarningCode string

// The warnings.
const (
	// WarningNullOrigin: the origin "null" is allowed, which any page can have.
	WarningNullOrigin WarningCode = "null-origin"
	// WarningNullOriginCredentials: it is allowed to read with a user's cookies.
	WarningNullOriginCredentials WarningCode = "null-origin-with-credentials"
	// WarningAnyOrigin: every page may read the answer.
	WarningAnyOrigin WarningCode = "any-origin"
	// WarningInsecureOrigin: an origin without TLS may read what TLS guards.
	WarningInsecureOrigin WarningCode = "insecure-origin"
	// WarningCORP: pages of other sites may embed the resource.
	WarningCORP WarningCode = "embedding"
)

// Assumption is something that a repair takes for granted.
type Assumption struct {
	Code   AssumptionCode
	Target Target
	Text   string
}

// AssumptionCode is a stable code for an assumption.
type AssumptionCode string

// The assumptions.
const (
	// AssumptionUnseen: an answer that was never asked for is taken to be of
	// status 200 and without any header of CORS.
	AssumptionUnseen AssumptionCode = "unseen-answer"
	// AssumptionReachable: a server that gave no answer can be reached.
	AssumptionReachable AssumptionCode = "reachable"
	// AssumptionLocation: a changed redirect leads to the same resource.
	AssumptionLocation AssumptionCode = "location"
	// AssumptionBody: the body is what a changed type says.
	AssumptionBody AssumptionCode = "body"
	// AssumptionResource: there is a resource to answer with.
	AssumptionResource AssumptionCode = "resource"
)

// Obstacle is why no header and no status that a server sends can help.
type Obstacle struct {
	Code ObstacleCode
	Text string
}

// String returns the text with what it means for the server.
func (o *Obstacle) String() string {
	return fmt.Sprintf("nothing on the server can change this: %s", o.Text)
}
