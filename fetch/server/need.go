package server

import (
	"slices"
	"strconv"

	"github.com/corsim/corsim/fetch"
)

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
	// such as `every method ("*")`.
	Before []string
}

// IsZero reports whether nothing is needed.
func (n Need) IsZero() bool { return n.Origin == "" }

// Origins returns all origins, the page's first.
func (n Need) Origins() []string { return append([]string{n.Origin}, n.Others...) }

// KeepPreflight adds what the answer to a preflight allows already: the methods, the
// headers, and for how long browsers keep it. An asterisk is not taken over, since not
// every server can list one: [Need.Before] says it.
func (n *Need) KeepPreflight(answer fetch.HeaderList) {
	n.Methods = n.keep(n.Methods, answer, fetch.HeaderAllowMethods, `every method, for requests without credentials ("*")`)
	n.Headers = n.keep(n.Headers, answer, fetch.HeaderAllowHeaders, `every request header, for requests without credentials ("*")`)
	value, _ := answer.Get(fetch.HeaderMaxAge)
	if age, err := strconv.Atoi(value); err == nil && age > 0 {
		n.MaxAge = age
	}
}

// KeepActual adds the response headers that a response exposes already.
func (n *Need) KeepActual(response fetch.HeaderList) {
	n.Exposed = n.keep(n.Exposed, response, fetch.HeaderExposeHeaders, `reading every response header, for requests without credentials ("*")`)
}

// keep adds the names in a header to a list. For an asterisk it says what that allowed.
func (n *Need) keep(list []string, h fetch.HeaderList, header, every string) []string {
	items, _ := h.GetDecodeSplit(header)
	for _, item := range items {
		switch {
		case item == "*":
			n.AddBefore(every)
		case fetch.IsHeaderName(item) && !slices.ContainsFunc(list, func(s string) bool { return fetch.EqualFold(s, item) }):
			list = append(list, item)
		}
	}
	return list
}

// AddBefore adds a line to [Need.Before], once.
func (n *Need) AddBefore(text string) {
	if !slices.Contains(n.Before, text) {
		n.Before = append(n.Before, text)
	}
}
