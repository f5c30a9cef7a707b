package browser

import "github.com/corsim/corsim/fetch"

const refusedFramesFireLoad = "A frame that was refused shows an error page, and its element fires load."

// firefoxFrameEntries are about frames and forms.
func firefoxFrameEntries() []Entry {
	both := []API{APIFrame, APIForm}
	return []Entry{{
		Name:      "refused-frames-fire-error",
		Standard:  refusedFramesFireLoad,
		Behaviour: "The element fires error if the frame was blocked before anything was sent, or, for a form, if a content security policy stops a redirect.",
		Source:    "docshell/base/nsDocShell.cpp; dom/base/nsFrameLoader.cpp",
		Versions:  "153 ESR",
		apply: func(r *rules) {
			r.fireOnRefusal(FrameErrors, both, fetch.ReasonMixedContent, fetch.ReasonCSP)
			r.fireOnRefusal(FrameErrors, []API{APIForm}, fetch.ReasonCSPRedirect)
		},
	}, {
		Name:     "refused-frames-fire-nothing",
		Standard: refusedFramesFireLoad,
		Behaviour: "The element fires nothing if no server answers, or if the answer is blocked because of the page's embedder policy, or the server is on " +
			"a local network that the page may not reach, or a content security policy stops a redirect.",
		Source:   "docshell/base/nsDocShell.cpp",
		Versions: "153 ESR",
		apply: func(r *rules) {
			r.fireOnRefusal(FrameSilent, both, fetch.ReasonNetworkFailure, fetch.ReasonCORP, fetch.ReasonFrameEmbedderPolicy,
				fetch.ReasonLocalNetworkDenied, fetch.ReasonLocalNetworkUnanswered)
			r.fireOnRefusal(FrameSilent, []API{APIFrame}, fetch.ReasonCSPRedirect)
		},
	}, {
		Name:      "frame-embedder-policy-first",
		Standard:  "The resource policy of a frame's document is checked before its embedder policy.",
		Behaviour: "It is checked after that. What is blocked for a missing embedder policy is not on the console.",
		Source:    "netwerk/protocol/http/nsHttpChannel.cpp",
		Versions:  "153 ESR",
		apply: func(r *rules) {
			first := check{name: "frame-embedder-policy", run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
				if f.req.Mode != fetch.ModeNavigate || fetch.IsRedirectStatus(resp.Status) {
					return nil
				}
				return checkFrameEmbedder(f, resp)
			}}
			r.onAnswer = r.onAnswer.Insert(first, fetch.Before("resource-policy"))
		},
	}, {
		Name:      "unknown-corp-passes",
		Standard:  "For a page with an embedder policy, an unknown value of Cross-Origin-Resource-Policy is like a missing header, so the response is blocked.",
		Behaviour: "Only a header that is missing or empty is like that. A response with an unknown value may be used.",
		Source:    "netwerk/protocol/http/nsHttpChannel.cpp",
		Versions:  "153 ESR",
		apply:     func(r *rules) { r.UnknownCORPPasses = true },
	}}
}
