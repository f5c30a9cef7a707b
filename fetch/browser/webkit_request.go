package browser

// webkitRequestEntries are about what a page may load.
func webkitRequestEntries() []Entry {
	return []Entry{{
		Name:      "mixed-content-https-pages-only",
		Standard:  "A page whose origin is potentially trustworthy, http://localhost among them, may not load from insecure URLs; one with an opaque origin may.",
		Behaviour: "All pages that came over https are restricted, sandboxed ones too, and no others.",
		Source:    "Source/WebCore/loader/MixedContentChecker.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.MixedContentOnHTTPSPagesOnly = true },
	}, {
		Name:      "mixed-content-on-localhost",
		Standard:  "http://localhost, its subdomains and loopback addresses are potentially trustworthy, so that every page may load from them.",
		Behaviour: "On them only images, audio and video are no mixed content; everything else is blocked as on any other host that is reached over http.",
		Source:    "Source/WebCore/loader/MixedContentChecker.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.MixedContentOnLocalhost = true },
	}, {
		Name:      "fonts-without-cors",
		Standard:  "Fonts are loaded in mode \"cors\".",
		Behaviour: "Fonts are loaded in mode \"no-cors\" and used whatever the response says of sharing; the status must be ok.",
		Source:    "Source/WebCore/css/CSSFontFaceSrcValue.cpp; webkit.org/b/86817",
		Versions:  "all",
		apply:     func(r *rules) { r.FontsWithoutCORS = true },
	}}
}
