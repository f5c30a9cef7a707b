package fetch

// PartialContentCheck reports a failure when an opaque response is a part of a
// resource, or says that the requested range does not exist, and its request
// did not ask for a range. A response from the network cannot fail here: a
// request for a range keeps its Range header through redirects. Only a service
// worker can cause it, with the response to another request.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func PartialContentCheck(req *Request, resp *Response) *Failure {
	internal := resp.Unfiltered()
	// Step 21: an opaque response with a range status, whose request had a
	// Range header, for a request without one.
	if resp.Type != ResponseOpaque || !IsRangeStatus(internal.Status) || !internal.RangeRequested || req.Header.Contains("Range") {
		return nil
	}
	return &Failure{
		Reason: ReasonUnexpectedPartialContent, Step: Step{Anchor: "concept-main-fetch", Number: "21"}, Got: req.CurrentURL().String(),
	}
}
