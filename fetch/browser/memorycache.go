package browser

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
