package browser

// imagesByRequestURL is the entry of engines whose memory cache finds images by
// the URL that was sent.
func imagesByRequestURL(source string) Entry {
	return Entry{
		Name: "images-by-request-url",
		Standard: "A document finds an image again that it has loaded by the URL that the element gives, with its fragment and before it is " +
			"upgraded to https, and by the crossorigin attribute.",
		Behaviour: "The URL that goes to the server counts: without a fragment, and https where the image was upgraded, of which the console is told each time.",
		Source:    source,
		Versions:  "all",
		apply:     func(r *rules) { r.ImagesByRequestURL = true },
	}
}

// imagesReplaced is the entry of engines whose memory cache holds one resource for
// each URL: what some APIs load replaces it. But is a sentence on the other APIs,
// with a space before it.
func imagesReplaced(source, but string, by ...API) Entry {
	return Entry{
		Name: "images-replaced",
		Standard: "An image stays in the document's list of available images whatever else the document loads. " +
			"A browser may drop entries, such as to save memory.",
		Behaviour: "The memory cache holds one resource for each URL. Whatever else asks for it takes the image's place: fetch(), an element of another " +
			"kind or with another crossorigin attribute, a beacon, also when the answer may not be used." + but,
		Source:   source,
		Versions: "all",
		apply:    func(r *rules) { r.ReplaceImages = by },
	}
}
