package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// appendFetchMetadata appends the Sec-Fetch-* headers to a request for a
// potentially trustworthy URL. No request is a navigation, so there is no
// Sec-Fetch-User.
// https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-append-the-fetch-metadata-headers-for-a-request
func (f *fetcher) appendFetchMetadata(header *fetch.HeaderList, req *fetch.Request) {
	r, preflight := f.rules(), req != f.req
	if !r.mixedContent.IsTrustworthy(req.CurrentURL()) {
		// Chromium: a preflight always has Sec-Fetch-Mode (preflight-fetch-metadata).
		if preflight && r.PreflightAlwaysSendsMode {
			appendOwn(header, "Sec-Fetch-Mode", req.Mode.String())
		}
		return
	}
	if f.omitsFetchMetadata(req) {
		return
	}
	appendOwn(header, "Sec-Fetch-Dest", r.fetchDest(req))
	appendOwn(header, "Sec-Fetch-Mode", req.Mode.String())
	urls := req.URLList
	if preflight && r.PreflightSiteOfOwnURL {
		urls = urls[len(urls)-1:]
	}
	site := fetchSite
	if r.FetchSite != nil {
		site = r.FetchSite
	}
	from := req.Origin
	if f.siteFrom != nil {
		from = *f.siteFrom
	}
	value := site(from, urls)
	// WebKit: a redirect that taints the origin makes a new one, which no URL is same-site with (preflight-metadata).
	if preflight && r.PreflightMetadataOfFirstRequest && req.SerializeOrigin() != req.Origin.String() {
		value = "cross-site"
	}
	appendOwn(header, "Sec-Fetch-Site", value)
	f.appendStorageAccess(header, req)
}

// omitsFetchMetadata reports whether a request has no Sec-Fetch-* headers
// because of redirects.
func (f *fetcher) omitsFetchMetadata(req *fetch.Request) bool {
	r, n := f.rules(), len(req.URLList)
	// Chromium: handshakes have none (websocket-metadata).
	if r.SocketsWithoutFetchMetadata && isSocket(req) {
		return true
	}
	// WebKit: synchronous requests of documents take another way to the network (sync-without-metadata).
	if r.SyncWithoutFetchMetadata && f.sync && !f.req.Client.Worker {
		return true
	}
	// WebKit: the headers of a handshake are those for its first URL (websocket-redirects).
	if isSocket(req) && r.SocketsFollowRedirects && !r.mixedContent.IsTrustworthy(req.URL()) {
		return true
	}
	if req != f.req {
		// WebKit: a preflight has them only if the first request had them (preflight-metadata).
		return r.PreflightMetadataOfFirstRequest && !r.mixedContent.IsTrustworthy(req.URL())
	}
	// WebKit: with CORS a redirect to another origin removes them (redirects-strip-metadata).
	return r.RedirectsRemoveFetchMetadata && req.Mode == fetch.ModeCORS && n > 1 &&
		!req.URLList[n-1].SameOrigin(req.URLList[n-2])
}

// appendStorageAccess appends Sec-Fetch-Storage-Access to a request with
// credentials to another site.
// https://privacycg.github.io/storage-access-headers/
func (f *fetcher) appendStorageAccess(header *fetch.HeaderList, req *fetch.Request) {
	// Chromium: third-party cookies are sent (storage-access-header).
	// Firefox: they are not sent. Preflights have the header; requests after redirects across origins, of workers
	// and with keepalive do not (storage-access-header).
	r := f.rules()
	credentials := req.Credentials
	if r.StorageAccessOnPreflight {
		credentials = f.req.Credentials
	}
	if r.StorageAccessHeader == "" || credentials != fetch.CredentialsInclude ||
		r.StorageAccessOnlyUntainted && req.RedirectTaint() != fetch.TaintSameOrigin ||
		r.StorageAccessNeedsDocument && f.isWithoutDocument() ||
		r.cookies.SameSite(req.Origin, req.CurrentURL().Origin()) {
		return
	}
	value := r.StorageAccessHeader
	// Firefox: in a frame of another site, the top-level site is told that its cookies could be sent, and who asks
	// (storage-access-header).
	if r.StorageAccessInactive && r.cookies.SameSite(req.Client.TopLevelOrigin, req.CurrentURL().Origin()) {
		if value = "inactive"; !header.Contains(fetch.HeaderOrigin) {
			appendOwn(header, fetch.HeaderOrigin, req.SerializeOrigin())
		}
	}
	header.Append("Sec-Fetch-Storage-Access", value)
}

// isWithoutDocument reports whether the request is made apart from the document: by a worker,
// or by fetch() with keepalive, which outlives the document.
func (f *fetcher) isWithoutDocument() bool {
	return f.req.Client.Worker || f.req.Keepalive && f.api == APIFetch
}

// fetchDest returns the value of Sec-Fetch-Dest.
// https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-set-dest
func (r *rules) fetchDest(req *fetch.Request) string {
	switch {
	// WebKit: WebSockets have a destination (websocket-metadata).
	case r.SocketDest != "" && isSocket(req):
		return r.SocketDest
	case req.Destination == fetch.DestinationNone:
		return "empty"
	}
	return string(req.Destination)
}

// fetchSite returns the value of Sec-Fetch-Site for the URLs of a request.
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
