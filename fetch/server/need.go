package server

// Need is what a server has to allow so that a page gets what it asks for. The
// zero Need is none.
type Need struct {
	// Origin is the page's origin as it is sent, or "*" for every page.
	Origin string
	// Credentials reports whether the page sends and reads with credentials.
	Credentials bool
	// Methods and Headers are what the answer to a preflight has to list, what a
	// server lists already included; empty where no preflight is sent.
	Methods, Headers []string
}

// IsZero reports whether nothing is needed.
func (n Need) IsZero() bool { return n.Origin == "" }
