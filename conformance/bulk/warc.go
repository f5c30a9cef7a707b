package bulk

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// isWARC reports whether a stream is a WARC file, as crawls of the web have them.
// https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
func isWARC(in *bufio.Reader) bool {
	l := peeker{in: in}
	for _, want := range []byte("WARC/") {
		if !l.take(want) {
			return false
		}
	}
	return true
}

// warcLines reads a WARC file as lines: each record of JSON, such as those of Common
// Crawl's WAT files, is a line, and every other record is an empty one. So the number of
// a line is that of the record, counted from 1. Common Crawl compresses each record by
// itself; that is one stream to [scenario.Uncompressed].
type warcLines struct {
	in    *bufio.Reader
	block io.Reader // the rest of the record that is read; nil before a record
	plain bool      // the record is JSON
	err   error
}

// Read reads the next part of a line.
func (w *warcLines) Read(p []byte) (int, error) {
	for len(p) > 0 && w.err == nil {
		if w.block == nil {
			w.err = w.header()
			continue
		}
		n, err := w.block.Read(p)
		if err == io.EOF {
			w.block, p[0] = nil, '\n'
			return 1, nil
		}
		if w.err = err; !w.plain {
			continue
		}
		// JSON has line breaks only where a space may be.
		for i, c := range p[:n] {
			if c == '\n' || c == '\r' {
				p[i] = ' '
			}
		}
		return n, err
	}
	return 0, w.err
}

// maxWARCHeader is how many bytes the header of a record may have.
const maxWARCHeader = 64 << 10

// header reads the header of a record, and what separates it from the record before.
func (w *warcLines) header() error {
	length, begun := int64(-1), false
	w.plain = false
	for size := 0; ; {
		line, err := w.in.ReadSlice('\n')
		if err == io.EOF && !begun && len(bytes.TrimSpace(line)) == 0 {
			return io.EOF
		}
		if size += len(line); err != nil || size > maxWARCHeader {
			return fmt.Errorf("a WARC record's header does not end: %w", errors.Join(err, errWARC))
		}
		text := strings.TrimSpace(string(line))
		if text == "" && !begun {
			continue
		}
		if text == "" {
			break
		}
		begun = true
		name, value, _ := strings.Cut(text, ":")
		value = strings.TrimSpace(value)
		switch {
		case fetch.EqualFold(name, "Content-Length"):
			if length, err = strconv.ParseInt(value, 10, 64); err != nil {
				return fmt.Errorf("a WARC record has the length %q: %w", value, errWARC)
			}
		case fetch.EqualFold(name, "Content-Type"):
			w.plain = value == "application/json"
		}
	}
	if length < 0 {
		return fmt.Errorf("a WARC record has no Content-Length: %w", errWARC)
	}
	w.block = io.LimitReader(w.in, length)
	return nil
}

var errWARC = errors.New("the file is broken here")
