package capture

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// maxHARString is the largest number of bytes of a string in a HAR file. The rest
// of a longer string, such as a body, is left out.
const maxHARString = 1 << 20

// maxHARGap is the largest number of bytes between two structural characters outside
// strings. The rest of longer blanks and of longer numbers is left out.
const maxHARGap = 64 << 10

// stringCutter is a reader of JSON that shortens long strings, long blanks and long
// numbers, so that the decoder does not need memory for them. Of the JSON syntax it
// knows only the structural characters, and where strings and their escapes begin and
// end.
type stringCutter struct {
	in    io.Reader
	limit int // the largest number of bytes of a string
	gap   int // the number of bytes since the last structural character, outside strings
	// inside reports whether the next byte is inside a string. escaped reports
	// whether it is the second byte of an escape. hex is the number of hexadecimal
	// digits that follow.
	inside, escaped bool
	hex             int
	length          int   // of the string so far
	cutting         bool  // whether the rest of the string is left out
	passed          int64 // the number of bytes of the output
	cuts            []cut
	before          int64 // the number of bytes left out before the last offset
}

// cut is a place in the output at which bytes of the input were left out.
type cut struct{ at, bytes int64 }

// Read reads JSON with shortened strings.
func (c *stringCutter) Read(p []byte) (int, error) {
	for {
		n, err := c.in.Read(p)
		kept := c.keep(p[:n])
		c.passed += int64(kept)
		if kept > 0 || err != nil || n == 0 {
			return kept, err
		}
	}
}

// keep moves the bytes of the output to the front and returns their number.
func (c *stringCutter) keep(p []byte) int {
	kept := 0
	for rest := p; len(rest) > 0; {
		n, passed := c.run(rest)
		kept += copy(p[kept:], rest[:passed])
		if passed < n {
			c.leaveOut(c.passed+int64(kept), int64(n-passed))
		}
		rest = rest[n:]
	}
	return kept
}

// run returns the number of the next bytes that belong together, and how many of
// them belong to the output. An escape or a character that begins before the limit
// is never cut.
func (c *stringCutter) run(p []byte) (n, passed int) {
	switch {
	case !c.inside:
		return c.between(p)
	case c.escaped:
		c.escaped, n = false, 1
		if p[0] == 'u' {
			c.hex = 4
		}
	case p[0] == '"':
		c.inside, c.hex = false, 0
		return 1, 1
	case c.hex > 0:
		c.hex--
		n = 1
	case p[0] == '\\':
		c.escaped, n = true, 1
		c.cutting = c.length >= c.limit
	default:
		return c.text(p)
	}
	c.length++
	if c.cutting {
		return n, 0
	}
	return n, n
}

// between handles the bytes up to the next string, or a part of them.
func (c *stringCutter) between(p []byte) (n, passed int) {
	quote := bytes.IndexByte(p, '"')
	if quote >= 0 && quote < 512 {
		c.inside, c.length, c.cutting, c.gap = true, 0, false, 0
		return quote + 1, quote + 1
	}
	if n = bytes.IndexAny(p, `"{}[],:`); n == 0 {
		c.inside, c.length, c.cutting, c.gap = p[0] == '"', 0, false, 0
		return 1, 1
	}
	if n < 0 {
		n = len(p)
	}
	passed = min(n, max(0, maxHARGap-c.gap))
	c.gap += n
	return n, passed
}

// text handles the characters up to the next quotation mark or backslash.
func (c *stringCutter) text(p []byte) (n, passed int) {
	if n = bytes.IndexAny(p, `"\`); n < 0 {
		n = len(p)
	}
	if !c.cutting || utf8.RuneStart(p[0]) {
		passed = min(n, max(0, c.limit-c.length))
		for passed < n && !utf8.RuneStart(p[passed]) {
			passed++
		}
		c.cutting = passed < n
	}
	c.length += n
	return n, passed
}

// leaveOut notes that n bytes of the input are not in the output.
func (c *stringCutter) leaveOut(at, n int64) {
	if last := len(c.cuts) - 1; last >= 0 && c.cuts[last].at == at {
		c.cuts[last].bytes += n
		return
	}
	c.cuts = append(c.cuts, cut{at, n})
}

// sourceOffset returns the offset in the input for an offset in the output. The
// offsets of successive calls must not decrease.
func (c *stringCutter) sourceOffset(offset int64) int64 {
	for len(c.cuts) > 0 && c.cuts[0].at <= offset {
		c.before += c.cuts[0].bytes
		c.cuts = c.cuts[1:]
	}
	return offset + c.before
}
