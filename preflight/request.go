package preflight

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// anchor is the algorithm of this package.
const anchor = "cors-preflight-fetch-0"

// Actual is the actual request: the one that a preflight asks for.
type Actual struct {
	Request *fetch.Request
	// Causes holds the causes for which the request needs the preflight.
	Causes []fetch.Cause
	// Header holds the headers that the preflight asks for when they differ from
	// the headers that are sent, as in [fetch.Redirected]; nil means those of the
	// request.
	Header fetch.HeaderList
}

// header returns the headers that the preflight asks for.
func (a *Actual) header() fetch.HeaderList {
	if a.Header != nil {
		return a.Header
	}
	return a.Request.Header
}

// NewRequest returns the preflight for a request: OPTIONS to its current URL,
// without credentials, that asks for the method and for the header names that
// are not safelisted.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
func NewRequest(req *fetch.Request, safelist fetch.Safelist) *fetch.Request {
	p := new(fetch.Request)
	fill(p, req, safelist.UnsafeCauses(req.Header))
	return p
}

// fill makes p the preflight for a request, given the causes, of which those
// count that are headers. The capacity of p's header list is used.
func fill(p, req *fetch.Request, causes []fetch.Cause) {
	header := p.Header[:0]
	// Step 1: a new request with the client, the origin and the referrer of the request.
	*p = fetch.Request{
		Method: "OPTIONS", URLList: req.URLList, Client: req.Client, Destination: req.Destination,
		Origin: req.Origin, NoReferrer: req.NoReferrer, ReferrerURL: req.ReferrerURL,
		ReferrerPolicy: req.ReferrerPolicy, Mode: fetch.ModeCORS, Tainting: fetch.TaintingCORS,
	}
	// Step 2: accept every type.
	p.Header = append(header, fetch.Header{Name: "Accept", Value: "*/*"})
	// Step 3: the method.
	p.Header = append(p.Header, fetch.Header{Name: fetch.HeaderRequestMethod, Value: req.Method})
	// Steps 4 and 5: the unsafe header names, sorted, joined with commas without spaces.
	if names := joinedNames(causes); names != "" {
		p.Header = append(p.Header, fetch.Header{Name: fetch.HeaderRequestHeaders, Value: names})
	}
}

// joinedNames returns the header names among some causes, joined with commas.
func joinedNames(causes []fetch.Cause) string {
	count, length, last := 0, 0, ""
	for i := range causes {
		if causes[i].Kind == fetch.CauseHeader {
			count++
			last = causes[i].Name
			length += len(last)
		}
	}
	if count < 2 {
		return last
	}
	var out strings.Builder
	out.Grow(length + count)
	for i := range causes {
		if causes[i].Kind != fetch.CauseHeader {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte(',')
		}
		out.WriteString(causes[i].Name)
	}
	return out.String()
}
