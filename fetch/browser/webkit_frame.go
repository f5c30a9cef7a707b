package browser

import "github.com/corsim/corsim/fetch"

// webkitFrameEntries are about frames and forms.
func webkitFrameEntries() []Entry {
	return []Entry{srcdocURLsLoad("Source/WebCore/loader/FrameLoader.cpp"), {
		Name:      "frame-redirects-need-embedder-policy",
		Standard:  "Under an embedder policy, only the last response of a frame needs an embedder policy, and not the redirects before it.",
		Behaviour: "Each redirect needs one.",
		Source:    "Source/WebKit/NetworkProcess/NetworkResourceLoader.cpp",
		Versions:  "2.50",
		apply:     func(r *rules) { r.onRedirect = r.onRedirect.Insert(embedderOfRedirect, fetch.First()) },
	}, {
		Name:      "refused-frames-fire-nothing",
		Standard:  refusedFramesFireLoad,
		Behaviour: "The element fires nothing if the frame is mixed content, if no server answers, or if the answer is blocked because of the page's embedder policy.",
		Source:    "Source/WebCore/loader/FrameLoader.cpp; Source/WebCore/loader/DocumentLoader.cpp",
		Versions:  "2.50",
		apply: func(r *rules) {
			r.fireOnRefusal(FrameSilent, []API{APIFrame, APIForm}, fetch.ReasonMixedContent, fetch.ReasonNetworkFailure, fetch.ReasonCORP,
				fetch.ReasonFrameEmbedderPolicy)
			r.fireOnRefusal(FrameSilent, []API{APIForm}, fetch.ReasonCSP, fetch.ReasonCSPRedirect)
		},
	}, {
		Name:      "frames-inherit-referrer-policy",
		Standard:  "A document in a frame whose server sends no referrer policy has the default one.",
		Behaviour: "It has the policy of the page.",
		Source:    "Source/WebCore/dom/Document.cpp",
		Versions:  "2.50",
		apply:     func(r *rules) { r.FramesInheritReferrerPolicy = true },
	}, {
		Name:      "credentialless-unknown",
		Standard:  "Cross-Origin-Embedder-Policy: credentialless takes the cookies from requests without CORS to other origins, and demands an embedder policy of frames.",
		Behaviour: "The value is not known, so the page has no embedder policy.",
		Source:    "Source/WebCore/loader/CrossOriginEmbedderPolicy.cpp",
		Versions:  "2.50",
		apply:     func(r *rules) { r.CredentiallessUnknown = true },
	}}
}
