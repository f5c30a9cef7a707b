package server

// Need is what a server has to allow so that a page gets what it asks for. The
// zero Need is none.
type Need struct {
	// Origin is the page's origin as it is sent, or "*" for every page.
	Origin string
	// Others are further origins, which the server allowed before.
	Others []string
	// Credentials reports whether the page sends and reads with credentials.
	Credentials bool
	// Methods and Headers are what the answer to a preflight has to list, what a
	// server lists already included; empty where no preflight is sent.
	Methods, Headers []string
	// Exposed are the names of the response headers that pages may read, as the server
	// lists them already.
	Exposed []string
	// MaxAge is the number of seconds for which the server lets browsers keep the
	// answer to a preflight; 0 if it does not say.
	MaxAge int
	// Before says in words what the server allowed before, and the need does not,
	// such as `every origin ("*")`.
	Before []string
}

// IsZero reports whether nothing is needed.
func (n Need) IsZero() bool { return n.Origin == "" }

// Origins returns all origins, the page's first.
func (n Need) Origins() []string { return append([]string{n.Origin}, n.Others...) }
