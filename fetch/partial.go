package fetch

// PartialContentCheck reports a failure when an opaque response is a part of a
// resource, or says that there is no such part, and its request did not ask for
// one. The network never brings that about: what asks for a part has a Range
// header, through redirects too. Only a service worker can, by answering with
// what another request has got.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func PartialContentCheck(req *Request, resp *Response) *Failure {
	internal := resp.Unfiltered()
	// Step 21: opaque, in part, asked for in part, but not by this request.
	if resp.Type != ResponseOpaque || !IsRangeStatus(internal.Status) || !internal.RangeRequested || req.Header.Contains("Range") {
		return nil
	}
	return &Failure{
		Reason: ReasonUnexpectedPartialContent, Step: Step{Anchor: "concept-main-fetch", Number: "21"}, Got: req.CurrentURL().String(),
	}
}
