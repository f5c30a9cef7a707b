package main

import (
	"bufio"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/corsim/corsim/conformance/scenario"
)

// plainText reads a file as the UTF-8 text that it stands for: without gzip and without a
// byte order mark, and from UTF-16 if the mark says so, as programs of Windows write it.
type plainText struct {
	io.ReadCloser
	text io.Reader // nil before the first read
}

// Read reads the text.
func (p *plainText) Read(b []byte) (int, error) {
	if p.text == nil {
		in, err := scenario.Uncompressed(p.ReadCloser)
		if err != nil {
			return 0, fmt.Errorf("begins as gzip does, and cannot be uncompressed: %w", err)
		}
		if p.text, err = withoutMark(in); err != nil {
			return 0, err
		}
	}
	return p.text.Read(b)
}

// withoutMark returns what follows a byte order mark, as UTF-8.
func withoutMark(in *bufio.Reader) (io.Reader, error) {
	head, err := in.Peek(3)
	if err != nil && err != io.EOF {
		return nil, err
	}
	switch {
	case string(head) == "\ufeff":
		_, err := in.Discard(len(head))
		return in, err
	case len(head) >= 2 && (string(head[:2]) == "\xff\xfe" || string(head[:2]) == "\xfe\xff"):
		return transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()), nil
	}
	return in, nil
}
