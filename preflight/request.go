package preflight

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// anchor is the algorithm that this package transcribes.
const anchor = "cors-preflight-fetch-0"

// NewRequest returns the preflight for a request: OPTIONS to its current URL,
// never with credentials, asking for the method and for the header names that
// the safelist does not cover.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
func NewRequest(req *fetch.Request, safelist fetch.Safelist) *fetch.Request {
	// Step 1: a request of its own that shares where it comes from.
	p := &fetch.Request{
		Method: "OPTIONS", URLList: req.URLList, Client: req.Client, Destination: req.Destination,
		Origin: req.Origin, NoReferrer: req.NoReferrer, ReferrerURL: req.ReferrerURL,
		ReferrerPolicy: req.ReferrerPolicy, Mode: fetch.ModeCORS, Tainting: fetch.TaintingCORS,
	}
	p.Header = make(fetch.HeaderList, 0, 6)
	// Step 2: any type will do.
	p.Header.Append("Accept", "*/*")
	// Step 3: the method.
	p.Header.Append(fetch.HeaderRequestMethod, req.Method)
	// Steps 4 and 5: the names, sorted, with a bare comma between them.
	if names := safelist.UnsafeNames(req.HeadersToClear()); len(names) > 0 {
		p.Header.Append(fetch.HeaderRequestHeaders, strings.Join(names, ","))
	}
	return p
}
