package fetch

import (
	"strings"

	"github.com/corsim/corsim/origin"
)

// HeaderLocation is the name of the header that says where a redirect leads.
const HeaderLocation = "Location"

// LocationState says what a response's location URL is.
type LocationState uint8

// The three states of a location URL.
const (
	// LocationNull: the response is no redirect.
	LocationNull LocationState = iota
	// LocationFailure: there is a Location header, but it names no URL.
	LocationFailure
	// LocationURL: there is a URL.
	LocationURL
)

// Location is a response's location URL in its three states.
type Location struct {
	State LocationState
	URL   origin.URL // with [LocationURL]
	// Value is the header's value as it was sent, several lines joined by ", ".
	Value string
}

// LocationURL returns the location URL of a response for a request, whose
// current URL lends its fragment. The header's bytes are taken as they are:
// those outside ASCII are percent-encoded one by one.
// https://fetch.spec.whatwg.org/#concept-response-location-url
func (r *Response) LocationURL(req *Request) Location {
	// Step 1: only redirects have one.
	if !IsRedirectStatus(r.Status) {
		return Location{}
	}
	// Step 2: exactly one header line.
	lines := r.Header.Values(HeaderLocation)
	switch len(lines) {
	case 0:
		return Location{}
	case 1:
	default:
		return Location{State: LocationFailure, Value: strings.Join(lines, ", ")}
	}
	// Step 3: relative to the URL that answered.
	base, ok := r.URL()
	if !ok {
		base = req.CurrentURL()
	}
	u, err := base.Parse(lines[0])
	if err != nil {
		return Location{State: LocationFailure, Value: lines[0]}
	}
	// Step 4: without a fragment of its own it inherits the request's.
	if _, ok := u.Fragment(); !ok {
		if fragment, ok := req.CurrentURL().Fragment(); ok {
			u = u.WithFragment(fragment, true)
		}
	}
	// Step 5: that is it.
	return Location{State: LocationURL, URL: u, Value: lines[0]}
}
