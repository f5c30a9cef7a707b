package fetch

import "strconv"

// Step is a step of a standard: an algorithm and the number of the step that
// decided.
type Step struct {
	// Anchor is the fragment of the algorithm's definition, such as
	// "concept-cors-check". An anchor that contains a slash is the URL of an
	// algorithm of another standard, without its scheme.
	Anchor string
	// Number is the step's number as the standard counts, such as "7.5".
	Number string
}

// URL returns the URL of the algorithm in its standard.
func (s Step) URL() string {
	for i := range len(s.Anchor) {
		if s.Anchor[i] == '/' {
			return "https://" + s.Anchor
		}
	}
	return "https://fetch.spec.whatwg.org/#" + s.Anchor
}

// String returns the anchor and the number.
func (s Step) String() string {
	if s.Number == "" {
		return s.Anchor
	}
	return s.Anchor + " " + s.Number
}

// Failure says why a request failed: a typed reason, the step of the standard
// that decided, and the values that the step saw. It is comparable, and it is
// not an error: a blocked request is a result.
type Failure struct {
	Reason Reason
	Step   Step
	// Preflight reports whether the CORS-preflight fetch failed, and not the
	// request itself.
	Preflight bool
	// Header is the name of the header that the step read, as the standard
	// spells it; empty when it read no header.
	Header string
	// Got is the value that failed: a header's value, a method, a URL or a
	// status code; Reason says which.
	Got string
	// Want is the value that would pass, when there is only one.
	Want string
}

// String returns the failure in one line, such as
//
//	preflight method-not-allowed, cors-preflight-fetch-0 7.5, header "Access-Control-Allow-Methods", got "PUT"
//
// It leaves out what is empty.
func (f Failure) String() string {
	out := string(f.Reason)
	if f.Preflight {
		out = "preflight " + out
	}
	if f.Step != (Step{}) {
		out += ", " + f.Step.String()
	}
	for _, part := range [...]struct{ name, value string }{{"header", f.Header}, {"got", f.Got}, {"want", f.Want}} {
		if part.value != "" {
			out += ", " + part.name + " " + strconv.Quote(part.value)
		}
	}
	return out
}
