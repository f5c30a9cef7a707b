package nethttp

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/inflate"
)

// decode replaces the body by the one without its content coding, as script in a
// browser gets it. What cannot be decoded, and what is longer than [DefaultMaxBody]
// then, stays encoded: the browser decides. A body in an unknown coding is passed on.
func (w *recorder) decode() {
	coding, _ := w.resp.Header.Get("Content-Encoding")
	var text string
	var ok bool
	switch fetch.ByteLowercase(coding) {
	case "gzip", "x-gzip":
		text, ok = inflate.Gzip(w.resp.Body, DefaultMaxBody+1)
	case "deflate":
		text, ok = inflate.Deflate(w.resp.Body, DefaultMaxBody+1)
	case "br":
		return // the browser decides, by what it offered to read
	default:
		w.resp.Encoded = false
		return
	}
	w.resp.Encoded = !ok || len(text) > DefaultMaxBody
	if !w.resp.Encoded {
		w.resp.Body = text
	}
}
