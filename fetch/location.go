package fetch

import (
	"strings"

	"github.com/corsim/corsim/origin"
)

// HeaderLocation is the name of the header that contains a redirect's target.
const HeaderLocation = "Location"

// LocationState says what a response's location URL is.
type LocationState uint8

// The three states of a location URL.
const (
	// LocationNull: the response is not a redirect.
	LocationNull LocationState = iota
	// LocationFailure: the response has a Location header, but its value is not
	// a URL.
	LocationFailure
	// LocationURL: the response has a location URL.
	LocationURL
)

// Location is a response's location URL in its three states.
type Location struct {
	State LocationState
	URL   origin.URL // with [LocationURL]
	// Value is the header's value as it was sent; several lines are joined with
	// ", ".
	Value string
}

// LocationURL returns the location URL of a response to a request. The URL
// inherits the fragment of the request's current URL. Bytes outside ASCII are
// percent-encoded one by one.
// https://fetch.spec.whatwg.org/#concept-response-location-url
func (r *Response) LocationURL(req *Request) Location {
	// Step 1: only a redirect has a location URL.
	if !IsRedirectStatus(r.Status) {
		return Location{}
	}
	// Step 2: there must be exactly one header line.
	lines := r.Header.Values(HeaderLocation)
	switch len(lines) {
	case 0:
		return Location{}
	case 1:
	default:
		return Location{State: LocationFailure, Value: strings.Join(lines, ", ")}
	}
	// Step 3: parse the value relative to the URL of the response.
	base, ok := r.URL()
	if !ok {
		base = req.CurrentURL()
	}
	u, err := base.Parse(lines[0])
	if err != nil {
		return Location{State: LocationFailure, Value: lines[0]}
	}
	// Step 4: a URL without a fragment inherits the request's fragment.
	if _, ok := u.Fragment(); !ok {
		if fragment, ok := req.CurrentURL().Fragment(); ok {
			u = u.WithFragment(fragment)
		}
	}
	// Step 5: return the URL.
	return Location{State: LocationURL, URL: u, Value: lines[0]}
}
