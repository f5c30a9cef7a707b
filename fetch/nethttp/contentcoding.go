package nethttp

import (
	"compress/gzip"
	"compress/zlib"
	"io"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// decoded returns a body without its content coding, as script in a browser gets
// it. If the coding is unknown, or the body cannot be decoded, it returns the body
// unchanged.
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
	// If the body is incomplete, the part that was decoded is the result.
	text, err := io.ReadAll(out)
	if err != nil && len(text) == 0 {
		return body
	}
	return string(text)
}
