package explain

import (
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/textfmt"
)

// Warning is something to consider before a repair.
type Warning struct {
	Code   WarningCode
	Target server.Target
	Text   string
}

// WarningCode is a stable code for a warning.
type WarningCode string

// The warnings.
const (
	// WarningNullOrigin: the changes allow the origin "null", which every page
	// can have.
	WarningNullOrigin WarningCode = "null-origin"
	// WarningNullOriginCredentials: the changes allow the origin "null" to read
	// with a user's cookies.
	WarningNullOriginCredentials WarningCode = "null-origin-with-credentials"
	// WarningAnyOrigin: every page may read the response.
	WarningAnyOrigin WarningCode = "any-origin"
	// WarningInsecureOrigin: an origin without TLS may read a response that TLS
	// protects.
	WarningInsecureOrigin WarningCode = "insecure-origin"
	// WarningCORP: pages of other sites may embed the resource.
	WarningCORP WarningCode = "embedding"
)

// Assumption is something that a repair takes for granted.
type Assumption struct {
	Code   AssumptionCode
	Target server.Target
	Text   string
}

// AssumptionCode is a stable code for an assumption.
type AssumptionCode string

// The assumptions.
const (
	// AssumptionUnseen: an unseen response is taken to have the status 200 and
	// no CORS headers.
	AssumptionUnseen AssumptionCode = "unseen-answer"
	// AssumptionReachable: a server without a response can be reached.
	AssumptionReachable AssumptionCode = "reachable"
	// AssumptionLocation: a changed redirect leads to the same resource.
	AssumptionLocation AssumptionCode = "location"
	// AssumptionBody: the body has the type of the changed Content-Type.
	AssumptionBody AssumptionCode = "body"
	// AssumptionResource: the server has a resource to send.
	AssumptionResource AssumptionCode = "resource"
)

// Obstacle says why no header and no status of a response can help.
type Obstacle struct {
	Code ObstacleCode
	Text string
}

// String returns the text and what it means for the server.
func (o *Obstacle) String() string {
	if o.Code == ObstacleNoAnswer {
		return o.Text
	}
	return textfmt.Sprintf("nothing on the server can change this: %s", o.Text)
}
