package browser

import "github.com/corsim/corsim/fetch"

// chromiumFrameEntries are about frames and forms.
func chromiumFrameEntries() []Entry {
	return []Entry{srcdocURLsLoad("third_party/blink/renderer/core/loader/frame_loader.cc"), {
		Name:      "insecure-frames-fire-nothing",
		Standard:  "A frame or a form whose request is blocked as mixed content gets an error page, which fires load.",
		Behaviour: "The frame stays as it was, and its element fires nothing.",
		Source:    "third_party/blink/renderer/core/loader/mixed_content_checker.cc",
		Versions:  "156",
		apply: func(r *rules) {
			r.fireOnRefusal(FrameSilent, []API{APIFrame, APIForm}, fetch.ReasonMixedContent)
		},
	}}
}
