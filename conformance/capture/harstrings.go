package capture

import (
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
	in io.Reader
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
	for _, b := range p {
		if c.passes(b) {
			p[kept] = b
			kept++
			continue
		}
		at := c.passed + int64(kept)
		if last := len(c.cuts) - 1; last < 0 || c.cuts[last].at != at {
			c.cuts = append(c.cuts, cut{at: at})
		}
		c.cuts[len(c.cuts)-1].bytes++
	}
	return kept
}

// passes reports whether the next byte is passed on. What begins before the
// limit, an escape or a character, is passed on as a whole.
func (c *stringCutter) passes(b byte) bool {
	if !c.inside {
		c.inside = b == '"'
		c.length, c.cutting = 0, false
		return true
	}
	switch {
	case c.escaped:
		c.escaped = false
		if b == 'u' {
			c.hex = 4
		}
	case b == '"':
		c.inside, c.hex = false, 0
		return true
	case c.hex > 0:
		c.hex--
	case utf8.RuneStart(b):
		c.escaped = b == '\\'
		c.cutting = c.length >= maxHARString
	}
	c.length++
	return !c.cutting
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
