package fetch

import (
	"strings"

	"github.com/corsim/corsim/origin"
)

// The names of the headers of the CORS protocol, as the standard spells them.
const (
	HeaderOrigin           = "Origin"
	HeaderRequestMethod    = "Access-Control-Request-Method"
	HeaderRequestHeaders   = "Access-Control-Request-Headers"
	HeaderAllowOrigin      = "Access-Control-Allow-Origin"
	HeaderAllowCredentials = "Access-Control-Allow-Credentials"
	HeaderAllowMethods     = "Access-Control-Allow-Methods"
	HeaderAllowHeaders     = "Access-Control-Allow-Headers"
	HeaderMaxAge           = "Access-Control-Max-Age"
	HeaderExposeHeaders    = "Access-Control-Expose-Headers"
)

const anchorCORSCheck = "concept-cors-check"

// CORSCheck decides whether a response may be shared with the origin of the
// request. It returns nil on success.
// https://fetch.spec.whatwg.org/#concept-cors-check
func CORSCheck(req *Request, header HeaderList) *Failure {
	// Step 1: the value of Access-Control-Allow-Origin, all lines joined.
	value, ok := header.Get(HeaderAllowOrigin)
	// Step 2: the response must have the header.
	if !ok {
		return corsFailure("2", ReasonAllowOriginMissing, HeaderAllowOrigin, "", req.SerializeOrigin())
	}
	// Step 3: the wildcard allows requests without credentials.
	include := req.Credentials == CredentialsInclude
	if !include && value == "*" {
		return nil
	}
	// Step 4: otherwise the value must be the request's origin, byte for byte.
	if want := req.SerializeOrigin(); value != want {
		return diagnoseAllowOrigin(header, value, want)
	}
	// Step 5: a request without credentials needs no other header.
	if !include {
		return nil
	}
	// Step 6: a request with credentials needs a second header.
	credentials, ok := header.Get(HeaderAllowCredentials)
	// Step 7: its value must be exactly "true".
	if credentials == "true" {
		return nil
	}
	// Step 8: every other value is a failure.
	reason := ReasonAllowCredentialsNotTrue
	if !ok {
		reason = ReasonAllowCredentialsMissing
	}
	return corsFailure("8", reason, HeaderAllowCredentials, credentials, "true")
}

// diagnoseAllowOrigin says why a value did not match. It runs after the
// decision and cannot change it.
func diagnoseAllowOrigin(header HeaderList, value, want string) *Failure {
	reason := ReasonAllowOriginMismatch
	switch {
	case value == "*":
		reason = ReasonAllowOriginWildcard
	case strings.ContainsAny(value, ", ") || len(header.Values(HeaderAllowOrigin)) > 1:
		reason = ReasonAllowOriginMultiple
	case value != "null" && !isOriginLike(value):
		reason = ReasonAllowOriginInvalid
	}
	return corsFailure("4", reason, HeaderAllowOrigin, value, want)
}

// isOriginLike reports whether a value parses as a URL. If it does, its origin
// is wrong; if not, its syntax is wrong.
func isOriginLike(value string) bool {
	_, err := origin.ParseURL(value)
	return err == nil
}

func corsFailure(step string, reason Reason, header, got, want string) *Failure {
	return &Failure{
		Reason: reason, Step: Step{Anchor: anchorCORSCheck, Number: step},
		Header: header, Got: got, Want: want,
	}
}
