package fetch

// Step is a place in a standard: an algorithm and the number of the step in
// it that decided.
type Step struct {
	// Anchor is the fragment of the algorithm's definition, such as
	// "concept-cors-check". An anchor with a slash in it is a whole URL of
	// another standard's algorithm without its scheme.
	Anchor string
	// Number is the step's number as the standard counts, such as "7.5".
	Number string
}

// URL returns the address of the algorithm in its standard.
func (s Step) URL() string {
	for i := range len(s.Anchor) {
		if s.Anchor[i] == '/' {
			return "https://" + s.Anchor
		}
	}
	return "https://fetch.spec.whatwg.org/#" + s.Anchor
}

// Failure says why a request came to nothing: a typed reason, the step of the
// standard that decided, and the values it saw. It is comparable, and it is
// not an error: a blocked request is a result.
type Failure struct {
	Reason Reason
	Step   Step
	// Preflight reports whether the CORS-preflight fetch failed rather than
	// the request itself.
	Preflight bool
	// Header is the name of the header that was looked at, as the standard
	// spells it; empty where none was.
	Header string
	// Got is the offending value: a header's value, a method, a URL, a status
	// code; which one follows from Reason.
	Got string
	// Want is what would have passed, where one value would.
	Want string
}
