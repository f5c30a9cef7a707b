package scenario

import (
	"bufio"
	"io"
)

// Uncompressed returns a reader of what r holds. In WebAssembly it does not
// decompress: package gzip would add a hundredth to a module that never reads files.
func Uncompressed(r io.Reader) (*bufio.Reader, error) {
	return bufio.NewReaderSize(r, 64<<10), nil
}
