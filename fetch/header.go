package fetch

// Header is one header of a header list: a name as it was written and a value
// as bytes held in a string.
// https://fetch.spec.whatwg.org/#concept-header
type Header struct {
	Name, Value string
}

// HeaderList is an ordered list of headers in which names may stand more than
// once. The zero value is the empty list.
// https://fetch.spec.whatwg.org/#concept-header-list
type HeaderList []Header
