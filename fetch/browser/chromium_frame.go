package browser

import "github.com/corsim/corsim/fetch"

// chromiumFrameEntries are about frames and forms.
func chromiumFrameEntries() []Entry {
	return []Entry{srcdocURLsLoad("third_party/blink/renderer/core/loader/frame_loader.cc"), {
		Name:      "insecure-forms-send-nothing",
		Standard:  "A form whose request is blocked as mixed content leaves its frame with an error page, which fires load.",
		Behaviour: "The frame stays as it was and fires nothing.",
		Source:    "third_party/blink/renderer/core/loader/mixed_content_checker.cc",
		Versions:  "156",
		apply: func(r *rules) {
			r.fireOnRefusal(FrameSilent, []API{APIForm}, fetch.ReasonMixedContent)
		},
	}, {
		Name:      "insecure-frames-fire-nothing",
		Standard:  "A frame whose request is blocked as mixed content shows an error page, and its element fires load.",
		Behaviour: "The element fires nothing.",
		Source:    "third_party/blink/renderer/core/loader/mixed_content_checker.cc",
		Versions:  "156",
		apply: func(r *rules) {
			r.fireOnRefusal(FrameSilent, []API{APIFrame}, fetch.ReasonMixedContent)
		},
	}}
}
