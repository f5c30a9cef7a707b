package browser

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// ResponseType returns the essence of a response's type as the browser reads it,
// in lower case; "" if the response has no type. It need not be the essence of a
// MIME type: a browser may read "text/css/".
func (p *Profile) ResponseType(header fetch.HeaderList) string {
	return p.rules.responseType(header)
}

func (r *rules) responseType(header fetch.HeaderList) string {
	if r.ResponseType != nil && !hasPlainType(header) {
		return r.ResponseType(header)
	}
	t, _ := fetch.ExtractMIMEType(header)
	return t.Essence()
}

// TypedResponse returns a response for readers of its type: if the browser reads
// another one than the standard, a copy with that one as its Content-Type.
func (p *Profile) TypedResponse(resp *fetch.Response) *fetch.Response { return p.rules.typed(resp) }

func (r *rules) typed(resp *fetch.Response) *fetch.Response {
	if r.ResponseType == nil || hasPlainType(resp.Header) {
		return resp
	}
	return withType(resp, r.ResponseType(resp.Header))
}

// typedFor returns a response for an element that reads its type.
func (r *rules) typedFor(tag Tag, resp *fetch.Response) *fetch.Response {
	// WebKit: a module has the type that the network layer tells (types-guessed).
	if tag != TagModule || r.LoadedType == nil || hasPlainType(resp.Header) {
		return r.typed(resp)
	}
	return withType(resp, r.LoadedType(resp.Header, resp.Body, true))
}

// withType returns a response with another Content-Type.
func withType(resp *fetch.Response, contentType string) *fetch.Response {
	view := *resp
	view.Header = resp.Header.Clone()
	view.Header.Set("Content-Type", contentType)
	return &view
}

// LoadedType returns the type that the browser's network layer tells of a response: what
// messages name, in its own case; "" if there is none. guesses says whether the loader lets
// it look at the body, as those of elements do.
func (p *Profile) LoadedType(resp *fetch.WireResponse, guesses bool) string {
	// WebKit: libsoup's (types-guessed).
	if p.rules.LoadedType != nil {
		return p.rules.LoadedType(resp.Header, resp.Body, guesses)
	}
	return p.ResponseType(resp.Header)
}

// hasPlainType reports whether every browser reads the same type: there is none,
// or one that parses.
func hasPlainType(header fetch.HeaderList) bool {
	value, ok := header.Get("Content-Type")
	if !ok {
		return true
	}
	essence, ok := fetch.MIMEEssence(value)
	return ok && essence != anyType && strings.IndexByte(value, ',') < 0
}

// anyType is the type that stands for no type.
const anyType = "*/*"

// lenientType returns the last type of a Content-Type header that has a slash.
// A type goes up to the first of some characters; what follows is not parsed.
// ignores tells which items are no type, by the item and its type.
func lenientType(header fetch.HeaderList, ends string, ignores func(item, essence string) bool) string {
	last := ""
	items, _ := header.GetDecodeSplit("Content-Type")
	for _, item := range items {
		essence := item
		if i := strings.IndexAny(item, ends); i >= 0 {
			essence = item[:i]
		}
		if strings.IndexByte(essence, '/') >= 0 && !ignores(item, essence) {
			last = essence
		}
	}
	return fetch.ByteLowercase(last)
}

// chromiumType is the type that Chromium's network layer reads.
func chromiumType(header fetch.HeaderList) string {
	return lenientType(header, " \t;(", func(item, _ string) bool { return item == anyType })
}

// firefoxType is the type that Firefox's network layer reads: that of the standard, if
// there is one.
func firefoxType(header fetch.HeaderList) string {
	if t, ok := fetch.ExtractMIMEType(header); ok {
		return t.Essence()
	}
	return lenientType(header, " \t;", func(_, essence string) bool { return strings.HasPrefix(anyType, essence) })
}
