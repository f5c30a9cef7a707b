package fetch

import "slices"

// TAOCheck reports whether a response allows the request's origin to see
// detailed timing.
// https://fetch.spec.whatwg.org/#concept-tao-check
func TAOCheck(req *Request, resp *Response) bool {
	// Step 2: after one failed check all later ones fail.
	if req.TimingAllowFailed {
		return false
	}
	// Step 3: the header's values.
	values, ok := resp.Header.GetDecodeSplit("Timing-Allow-Origin")
	// Steps 4 and 5: a wildcard or the origin itself.
	if ok && (slices.Contains(values, "*") || slices.Contains(values, req.SerializeOrigin())) {
		return true
	}
	// Step 6: a navigation across origins fails although it is not tainted.
	if req.Mode == ModeNavigate && !req.CurrentURL().HasOrigin(req.Origin) {
		return false
	}
	// Steps 7 and 8: same-origin requests need no header.
	return req.Tainting == TaintingBasic
}
