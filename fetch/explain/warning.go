package explain

import (
	"fmt"

	"github.com/corsim/corsim/fetch/server"
)

// Warning is something to know before making a repair.
type Warning struct {
	Code   WarningCode
	Target server.Target
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
	Target server.Target
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
