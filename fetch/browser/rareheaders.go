package browser

import "github.com/corsim/corsim/fetch"

// rareHeaders says which headers a request has that few requests have, but that several
// algorithms ask for. They are looked for once in each fetch: redirects do not change them.
type rareHeaders uint8

const (
	// rareRange: a part of a resource is wanted.
	rareRange rareHeaders = 1 << iota
	// rareCondition: the request is conditional.
	rareCondition
	// rareDirective: the request says what caches may do, by Cache-Control or Pragma.
	rareDirective
)

// rareHeadersOf looks for the headers in those that script or an element sets.
func rareHeadersOf(l fetch.HeaderList) (rare rareHeaders) {
	for i := range l {
		switch name := l[i].Name; {
		case fetch.EqualFold(name, "Range"):
			rare |= rareRange
		case len(name) == len("Cache-Control") && fetch.EqualFold(name, "Cache-Control"), len(name) == len("Pragma") && fetch.EqualFold(name, "Pragma"):
			rare |= rareDirective
		// A quick check first: few names have a hyphen here.
		case len(name) > len("If-") && name[len("If")] == '-' && conditional.Has(name):
			rare |= rareCondition
		}
	}
	return rare
}

var conditional = fetch.NewNameSet([]string{
	"If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "If-Match", "If-Range",
})

// rareOf returns the headers that a request has; a preflight has none.
func (f *fetcher) rareOf(req *fetch.Request) rareHeaders {
	if req != f.req {
		return 0
	}
	return f.rare
}
