package bulk

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// lineSource reads JSON Lines.
type lineSource struct{ cutter }

func (s *lineSource) next() (batch, error) {
	b := &lineBatch{first: s.line}
	var err error
	b.text, b.long, err = s.cut()
	return b, err
}

// lineBatch is some complete lines.
type lineBatch struct {
	text  string
	first int  // the number of the first line
	long  bool // the text replaces a line that is too long
}

func (b *lineBatch) judge(w *worker, p *portion) {
	number := b.first - 1
	for text := b.text; text != ""; {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		number++
		p.tally.Next = number + 1
		if number < w.FromLine || strings.TrimLeft(line, " \t\r") == "" {
			continue
		}
		var err error
		if b.long || len(line) > MaxLine {
			err = fmt.Errorf("the line has more than %d bytes", MaxLine)
		} else {
			err = w.line(p, line, number)
		}
		if err == nil {
			continue
		}
		if !w.skip(p, server.Position{File: w.name, Line: number}, err) {
			return
		}
		w.bad(p, `"line"`, number, err)
	}
}

// cutSize is the usual number of bytes in a batch of lines.
const cutSize = 128 << 10

// cutter divides a stream into texts that end at the end of a line.
type cutter struct {
	in   io.Reader
	buf  []byte
	held int // the number of bytes in buf that belong to the next text
	line int // the number of the next line
	done error
}

// cut returns some lines. long reports whether the text replaces one line that is
// too long.
func (c *cutter) cut() (text string, long bool, err error) {
	for c.done == nil {
		if c.held == len(c.buf) {
			if c.held > MaxLine {
				c.skipLine()
				c.held = 0
				c.line++
				return "…", true, nil
			}
			c.buf = append(c.buf, make([]byte, max(cutSize, len(c.buf)))...)
		}
		n, err := c.in.Read(c.buf[c.held:])
		c.done = err
		end := bytes.LastIndexByte(c.buf[c.held:c.held+n], '\n') + 1
		if end == 0 {
			c.held += n
			continue
		}
		end += c.held
		text := string(c.buf[:end])
		c.held = copy(c.buf, c.buf[end:c.held+n])
		c.line += strings.Count(text, "\n")
		// After one long line, the buffer becomes small again.
		if c.held < cutSize && len(c.buf) > cutSize {
			c.buf = slices.Clone(c.buf[:cutSize])
		}
		return text, false, nil
	}
	if c.held > 0 && c.done == io.EOF {
		text = string(c.buf[:c.held])
		c.held = 0
		return text, false, nil
	}
	return "", false, c.done
}

// skipLine reads up to the end of the line.
func (c *cutter) skipLine() {
	one := make([]byte, 1)
	for c.done == nil {
		n, err := c.in.Read(one)
		if c.done = err; n == 1 && one[0] == '\n' {
			return
		}
	}
}
