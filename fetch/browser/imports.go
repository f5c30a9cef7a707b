package browser

// importsShareRequests is the entry of engines whose memory cache answers a request
// with what is being loaded for another one.
func importsShareRequests(source string) Entry {
	return Entry{
		Name:      "imports-share-requests",
		Standard:  "Each @import rule is a request, and modules whose URLs differ in the fragment are different modules.",
		Behaviour: "If a text imports the same URL twice, apart from the fragment, both share one request.",
		Source:    source,
		Versions:  "all",
		apply:     func(r *rules) { r.ImportsShareRequests = true },
	}
}

const moduleGraphEnds = "When a module cannot be fetched or parsed, nothing more is requested of what the other modules import."
