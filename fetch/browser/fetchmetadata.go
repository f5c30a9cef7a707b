package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// appendFetchMetadata appends the Sec-Fetch-* headers to a request for a
// trustworthy URL. No request here is a navigation, so that there is no
// Sec-Fetch-User.
// https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-append-the-fetch-metadata-headers-for-a-request
func (f *fetcher) appendFetchMetadata(header *fetch.HeaderList, req *fetch.Request) {
	r, preflight := f.page.rules(), req != f.req
	if !req.CurrentURL().IsPotentiallyTrustworthy() {
		// Chromium: it is part of what makes a preflight (preflight-fetch-metadata).
		if preflight && r.PreflightNamesMode {
			header.Append("Sec-Fetch-Mode", req.Mode.String())
		}
		return
	}
	header.Append("Sec-Fetch-Dest", fetchDest(req.Destination))
	header.Append("Sec-Fetch-Mode", req.Mode.String())
	urls := req.URLList
	if preflight && r.PreflightForgetsRedirects {
		urls = urls[len(urls)-1:]
	}
	header.Append("Sec-Fetch-Site", fetchSite(req.Origin, urls))
	// Chromium: whether cookies may go to another site (storage-access-header).
	if r.StorageAccessHeader != "" && req.Credentials == fetch.CredentialsInclude &&
		!origin.SameSite(req.Origin, req.CurrentURL().Origin()) {
		header.Append("Sec-Fetch-Storage-Access", r.StorageAccessHeader)
	}
}

func fetchDest(d fetch.Destination) string {
	if d == fetch.DestinationNone {
		return "empty"
	}
	return string(d)
}

// fetchSite says how far from its origin the request has been.
// https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-set-site
func fetchSite(from origin.Origin, urls []origin.URL) string {
	site := "same-origin"
	for _, u := range urls {
		o := u.Origin()
		if o == from {
			continue
		}
		if !origin.SameSite(o, from) {
			return "cross-site"
		}
		site = "same-site"
	}
	return site
}
