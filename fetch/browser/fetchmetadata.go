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
	r, preflight := f.rules(), req != f.req
	if !r.mixedContent.IsTrustworthy(req.CurrentURL()) {
		// Chromium: it is part of what makes a preflight (preflight-fetch-metadata).
		if preflight && r.PreflightNamesMode {
			appendOwn(header, "Sec-Fetch-Mode", req.Mode.String())
		}
		return
	}
	if f.withoutMetadata(req) {
		return
	}
	appendOwn(header, "Sec-Fetch-Dest", fetchDest(req.Destination))
	appendOwn(header, "Sec-Fetch-Mode", req.Mode.String())
	urls := req.URLList
	if preflight && r.PreflightForgetsRedirects {
		urls = urls[len(urls)-1:]
	}
	site := fetchSite
	if r.FetchSite != nil {
		site = r.FetchSite
	}
	value := site(req.Origin, urls)
	// WebKit: a tainted origin is a new one, which nothing is the site of (preflight-metadata).
	if preflight && r.PreflightsOfFirstHop && req.SerializeOrigin() != req.Origin.String() {
		value = "cross-site"
	}
	appendOwn(header, "Sec-Fetch-Site", value)
	f.appendStorageAccess(header, req)
}

// withoutMetadata reports whether redirects have taken a request's Sec-Fetch-*
// headers away.
func (f *fetcher) withoutMetadata(req *fetch.Request) bool {
	r, n := f.rules(), len(req.URLList)
	if req != f.req {
		// WebKit: preflights have them where the first request did (preflight-metadata).
		return r.PreflightsOfFirstHop && !r.mixedContent.IsTrustworthy(req.URL())
	}
	// WebKit: CORS on another origin starts with clean headers (redirects-strip-metadata).
	return r.RedirectsStripMetadata && req.Mode == fetch.ModeCORS && n > 1 &&
		!req.URLList[n-1].SameOrigin(req.URLList[n-2])
}

// appendStorageAccess says whether cookies may go to another site.
// https://privacycg.github.io/storage-access-headers/
func (f *fetcher) appendStorageAccess(header *fetch.HeaderList, req *fetch.Request) {
	// Chromium: they go along (storage-access-header).
	// Firefox: they do not; preflights say it too, redirected requests do not (storage-access-header).
	r := f.rules()
	credentials := req.Credentials
	if r.StorageAccessOnPreflight {
		credentials = f.req.Credentials
	}
	if r.StorageAccessHeader == "" || credentials != fetch.CredentialsInclude ||
		r.StorageAccessUntainted && req.RedirectTaint() != fetch.TaintSameOrigin ||
		r.cookies.SameSite(req.Origin, req.CurrentURL().Origin()) {
		return
	}
	header.Append("Sec-Fetch-Storage-Access", r.StorageAccessHeader)
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
		if u.HasOrigin(from) {
			continue
		}
		if !origin.SameSite(u.Origin(), from) {
			return "cross-site"
		}
		site = "same-site"
	}
	return site
}
