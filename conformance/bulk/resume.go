package bulk

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
)

// Written reads verdicts that an interrupted run wrote. It returns how many there are, and
// the length of their lines in bytes: a last line that does not end is not counted.
func Written(verdicts io.Reader) (count int, size int64, err error) {
	in := bufio.NewReaderSize(verdicts, 1<<16)
	length := int64(0) // of the line so far
	for {
		part, err := in.ReadSlice('\n')
		length += int64(len(part))
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == io.EOF:
			return count, size, nil
		case err != nil:
			return count, size, err
		}
		count++
		size, length = size+length, 0
	}
}

// After returns the form of a stream, which may be compressed with gzip, and the number of
// the record after the first count ones: what [Runner] needs to continue a run that has
// written a verdict for each of these.
func After(in io.Reader, count int) (form Form, next int, err error) {
	plain, err := scenario.Uncompressed(in)
	if err != nil {
		return Lines, 0, err
	}
	if isHAR(plain) {
		return HAR, count, nil
	}
	if isWARC(plain) {
		plain = bufio.NewReaderSize(&warcLines{in: plain}, 1<<16)
	}
	for next = 1; count > 0; next++ {
		blank, err := skipLine(plain)
		if err != nil {
			return Lines, 0, fmt.Errorf("the input has fewer records than there are verdicts: %w", err)
		}
		if !blank {
			count--
		}
	}
	return Lines, next, nil
}

// skipLine reads a line, and reports whether it is blank and so no record.
func skipLine(in *bufio.Reader) (blank bool, err error) {
	blank = true
	for read := false; ; read = true {
		part, err := in.ReadSlice('\n')
		blank = blank && strings.Trim(string(part), " \t\r\n") == ""
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == io.EOF && (read || len(part) > 0):
			return blank, nil
		}
		return blank, err
	}
}
