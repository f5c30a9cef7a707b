package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// appendFetchMetadata appends the Sec-Fetch-* headers to a request for a
// trustworthy URL. No request here is a navigation, so that there is no
// Sec-Fetch-User.
// https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-append-the-fetch-metadata-headers-for-a-request
func appendFetchMetadata(header *fetch.HeaderList, req *fetch.Request) {
	if !req.CurrentURL().IsPotentiallyTrustworthy() {
		return
	}
	header.Append("Sec-Fetch-Dest", fetchDest(req.Destination))
	header.Append("Sec-Fetch-Mode", req.Mode.String())
	header.Append("Sec-Fetch-Site", fetchSite(req))
}

func fetchDest(d fetch.Destination) string {
	if d == fetch.DestinationNone {
		return "empty"
	}
	return string(d)
}

// fetchSite says how far from its origin the request has been.
// https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-set-site
func fetchSite(req *fetch.Request) string {
	site := "same-origin"
	for _, u := range req.URLList {
		o := u.Origin()
		if o == req.Origin {
			continue
		}
		if !origin.SameSite(o, req.Origin) {
			return "cross-site"
		}
		site = "same-site"
	}
	return site
}
