package capture

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// maxHARString is how many bytes of a string in a HAR file are read; the rest of
// a longer one, such as a body, is left out.
const maxHARString = 1 << 20

// stringCutter passes JSON on and cuts its long strings, so that who reads it
// needs no more memory than for short ones. It knows no more of JSON than where
// strings and their escapes begin and end.
type stringCutter struct {
	in    io.Reader
	limit int // how many bytes of a string are passed on
	// inside a string; escaped when the byte to come is the second of an escape,
	// and hex how many of its digits are.
	inside, escaped bool
	hex             int
	length          int // of the string so far
	cutting         bool
	passed          int64
	cuts            []cut
	before          int64 // what was left out up to the last offset asked for
}

// cut is where something was left out of what was passed on.
type cut struct{ at, bytes int64 }

// Read reads what is passed on.
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

// keep moves what is passed on to the front and returns how much it is.
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

// run takes some bytes that belong together and returns how many they are, and
// how many of them are passed on. What begins before the limit, an escape or a
// character, is passed on as a whole.
func (c *stringCutter) run(p []byte) (n, passed int) {
	switch {
	case !c.inside:
		if n = bytes.IndexByte(p, '"') + 1; n == 0 {
			return len(p), len(p)
		}
		c.inside, c.length, c.cutting = true, 0, false
		return n, n
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

// text takes the characters up to what is none of a string's text.
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

// leaveOut notes that some bytes are not passed on.
func (c *stringCutter) leaveOut(at, n int64) {
	if last := len(c.cuts) - 1; last >= 0 && c.cuts[last].at == at {
		c.cuts[last].bytes += n
		return
	}
	c.cuts = append(c.cuts, cut{at, n})
}

// sourceOffset returns where in the source an offset of what was passed on is.
// Offsets must not go back.
func (c *stringCutter) sourceOffset(offset int64) int64 {
	for len(c.cuts) > 0 && c.cuts[0].at <= offset {
		c.before += c.cuts[0].bytes
		c.cuts = c.cuts[1:]
	}
	return offset + c.before
}
