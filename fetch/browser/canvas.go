package browser

import "strings"

// TaintsCanvas reports whether script can no longer read a canvas once it has drawn the
// image of this element on it: the image comes from another origin, and was loaded
// without CORS.
// https://html.spec.whatwg.org/#the-image-argument-is-not-origin-clean
func (r *Result) TaintsCanvas() bool {
	switch {
	case r.Outcome == Opaque:
		return true
	case r.Response == nil || r.Outcome != Shared:
		return false
	}
	resp := r.Response.Unfiltered()
	// Chromium, WebKit: HTML in an SVG image taints (foreign-objects-taint).
	return r.Profile.rules.ForeignObjectsTaint && isSVG(resp) && hasForeignObject(resp.Body) && !r.Request.CurrentURL().IsLocal()
}

// hasForeignObject reports whether the text of an SVG image has an element foreignObject.
func hasForeignObject(text string) bool {
	for tag := range tagNames(text) {
		if tag == "foreignObject" || strings.HasSuffix(tag, ":foreignObject") {
			return true
		}
	}
	return false
}

// tagNames returns the names of the start tags in the text of an XML document, in order.
// It leaves out what is in comments and in CDATA sections.
func tagNames(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for {
			i := strings.IndexByte(text, '<')
			if i < 0 {
				return
			}
			text = text[i+1:]
			if rest, ok := afterSection(text); ok {
				text = rest
				continue
			}
			n := strings.IndexAny(text, " \t\r\n/><")
			if n < 0 {
				n = len(text)
			}
			if n > 0 && !yield(text[:n]) {
				return
			}
		}
	}
}

// afterSection returns what follows the comment or the CDATA section that a text begins
// with, after its "<". A section without an end goes to the end of the text.
func afterSection(text string) (rest string, ok bool) {
	for _, section := range [...]struct{ start, end string }{{"!--", "-->"}, {"![CDATA[", "]]>"}} {
		if after, found := strings.CutPrefix(text, section.start); found {
			_, rest, _ = strings.Cut(after, section.end)
			return rest, true
		}
	}
	return text, false
}

// foreignObjectsTaint is the entry of engines in which HTML in an SVG image taints a
// canvas.
func foreignObjectsTaint(source string) Entry {
	return Entry{
		Name:     "foreign-objects-taint",
		Standard: "Only an image of another origin that was loaded without CORS makes a canvas unreadable.",
		Behaviour: "So does an SVG image with the element foreignObject, even one of the page's own origin, because HTML could show what script must not know, such as " +
			"which links were visited. A data: URL is an exception.",
		Source:   source,
		Versions: "all",
		apply:    func(r *rules) { r.ForeignObjectsTaint = true },
	}
}
