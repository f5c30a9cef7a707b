package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/httpcache"
)

// memoryKind returns a number for the requests that get a resource from the memory of the
// page's process: of elements of one kind, with the same mode and credentials mode. It is 0
// for all others.
func memoryKind(req *fetch.Request) uint8 {
	kind := uint8(0)
	switch req.Destination {
	case fetch.DestinationImage:
		kind = 1
	case fetch.DestinationStyle:
		kind = 2
	case fetch.DestinationScript:
		kind = 3
	default:
		return 0
	}
	return kind | uint8(req.Mode)<<2 | uint8(req.Credentials)<<5
}

// isInMemory reports whether the resource that the HTTP cache has for the request is also in
// the memory of the page's process.
func (f *fetcher) isInMemory() bool {
	return f.lookup.use != httpcache.UseNothing && f.lookup.stored.InMemory != 0 && f.lookup.stored.InMemory == memoryKind(f.req)
}

// isRevalidated reports whether the server has said that the resource in memory is still
// good.
func (f *fetcher) isRevalidated() bool {
	n := len(f.trace.Exchanges)
	return n > 0 && f.trace.Exchanges[n-1].NotModified != nil && f.isInMemory()
}

// revalidatedUnchecked is the entry of engines whose memory cache asks servers by itself.
func revalidatedUnchecked(source string) Entry {
	return Entry{
		Name:     "revalidated-elements-unchecked",
		Standard: "When a server answers that a stored response is still good, the CORS check reads the stored headers with the new ones.",
		Behaviour: "The memory cache asks for images, scripts and style sheets. Its resource passed the check when it came, and is not checked again, whatever " +
			"Access-Control-Allow-Origin the answer has.",
		Source:   source,
		Versions: "all",
		apply:    func(r *rules) { r.RevalidatedUnchecked = true },
	}
}

// imagesByRequestURL is the entry of engines whose memory cache finds images
// by the URL that is sent.
func imagesByRequestURL(source string) Entry {
	return Entry{
		Name:     "images-by-request-url",
		Standard: "A document finds a loaded image by the URL in the element (with its fragment, before it is upgraded to https) and by the crossorigin attribute.",
		Behaviour: "It finds the image by the URL that is sent to the server: without a fragment, and with https if the image was upgraded. The console reports " +
			"the upgrade each time.",
		Source:   source,
		Versions: "all",
		apply:    func(r *rules) { r.ImagesByRequestURL = true },
	}
}

// imagesReplaced is the entry of engines whose memory cache holds one resource
// for each URL: a resource that one of the APIs in by loads replaces the
// image. The parameter but is a sentence about the other APIs that starts with
// a space; it may be "".
func imagesReplaced(source, but string, by ...API) Entry {
	return Entry{
		Name:     "images-replaced",
		Standard: "An image stays in the document's list of available images, whatever else the document loads. A browser may remove entries, for example to save memory.",
		Behaviour: "The memory cache holds one resource for each URL. Any other request for the URL replaces the image: fetch(), an element of another kind or " +
			"with another crossorigin attribute, or a beacon, even if its response may not be used." + but,
		Source:   source,
		Versions: "all",
		apply:    func(r *rules) { r.ImageReplacingAPIs = by },
	}
}
