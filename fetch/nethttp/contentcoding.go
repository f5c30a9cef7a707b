package nethttp

import (
	"compress/gzip"
	"compress/zlib"
	"io"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// decoded returns a body without its content coding, as browsers hand it on. One
// that cannot be decoded, or is in a coding that is not known here, stays as it
// is.
func decoded(coding, body string) string {
	in := strings.NewReader(body)
	var out io.Reader
	var err error
	switch fetch.ByteLowercase(coding) {
	case "gzip", "x-gzip":
		out, err = gzip.NewReader(in)
	case "deflate":
		out, err = zlib.NewReader(in)
	default:
		return body
	}
	if err != nil {
		return body
	}
	// Of a body that breaks off what came is there.
	text, err := io.ReadAll(out)
	if err != nil && len(text) == 0 {
		return body
	}
	return string(text)
}
