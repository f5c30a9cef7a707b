package browser

// chromiumRequestEntries are about what a page may send.
func chromiumRequestEntries() []Entry {
	return []Entry{{
		Name:      "user-agent-forbidden",
		Standard:  "Script may set the User-Agent header.",
		Behaviour: "It may not: the header is dropped as the forbidden ones are.",
		Source:    "third_party/blink/renderer/platform/loader/cors/cors.cc; crbug.com/571722",
		Versions:  "all",
		apply:     func(r *rules) { r.ForbiddenHeaders = []string{"user-agent"} },
	}, {
		Name:      "mixed-content-https-pages-only",
		Standard:  "A page whose origin is potentially trustworthy, http://localhost among them, may not load from insecure URLs.",
		Behaviour: "Only pages that came over https are restricted.",
		Source:    "third_party/blink/renderer/core/loader/mixed_content_checker.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.MixedContentOnHTTPSPagesOnly = true },
	}}
}
