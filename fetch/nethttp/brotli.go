package nethttp

import (
	"errors"
	"io"
	"strings"

	"github.com/andybalholm/brotli"

	"github.com/corsim/corsim/fetch/browser"
)

// The decoder of bodies in the coding br is here, because handlers and live servers send
// them, and because its dictionary would make WebAssembly modules without net/http larger.
func init() { browser.RegisterCoding("br", decodeBrotli) }

// decodeBrotli decodes a body in the coding br, as browsers do: up to the place where it breaks
// off, and without what is after it. It returns at most the given number of bytes; ok is
// false if the body is malformed.
// https://www.rfc-editor.org/rfc/rfc7932
func decodeBrotli(body string, most int) (text string, ok bool) {
	text, err := readBrotli(strings.NewReader(body), most)
	if err == nil || errors.Is(err, io.ErrUnexpectedEOF) {
		return text, true
	}
	// The body is malformed, or something is after it: then it is whole up to the byte that the decoder did not
	// like, with or without that byte.
	in := strings.NewReader(body)
	_, _ = readBrotli(byteReader{in}, most)
	end := len(body) - in.Len()
	for _, part := range []string{body[:end], body[:end-1]} {
		if text, err = readBrotli(strings.NewReader(part), most); err == nil {
			return text, true
		}
	}
	return "", false
}

// readBrotli decodes what it reads, up to a number of bytes.
func readBrotli(in io.Reader, most int) (string, error) {
	var text strings.Builder
	_, err := io.Copy(&text, io.LimitReader(brotli.NewReader(in), int64(most)))
	return text.String(), err
}

// byteReader gives no more than a byte at a time.
type byteReader struct{ in io.Reader }

func (r byteReader) Read(p []byte) (int, error) { return r.in.Read(p[:min(len(p), 1)]) }
