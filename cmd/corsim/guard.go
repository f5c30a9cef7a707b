package main

import (
	"bytes"
	"io"
	"strings"

	"github.com/corsim/corsim/fetch/report"
)

// guard passes lines on. What files and servers wrote reaches the terminal, a log or a
// file through it, in every output form, so that no control character, no bidirectional
// text and no command for a log reader gets there. It holds the last line until it
// is complete.
type guard struct {
	under io.Writer
	style report.Style
	// commands reports whether the program writes commands for log readers, lines that
	// begin with "::".
	commands bool
	held     []byte
}

// maxHeld is the largest number of bytes of a line that a guard holds.
const maxHeld = 1 << 20

// Write passes on the complete lines.
func (g *guard) Write(p []byte) (int, error) {
	end := bytes.LastIndexByte(p, '\n') + 1
	if end == 0 && len(g.held)+len(p) <= maxHeld {
		g.held = append(g.held, p...)
		return len(p), nil
	}
	g.held = append(g.held, p[:end]...)
	if err := g.pass(); err != nil {
		return 0, err
	}
	g.held = append(g.held, p[end:]...)
	return len(p), nil
}

// end passes on what is held.
func (g *guard) end() error {
	if len(g.held) == 0 {
		return nil
	}
	return g.pass()
}

func (g *guard) pass() error {
	lines := string(g.held)
	g.held = g.held[:0]
	if g.commands {
		return g.passCommands(lines)
	}
	_, err := io.WriteString(g.under, g.style.Lines(lines))
	return err
}

// passCommands passes lines on, of which those that begin with "::" are commands.
func (g *guard) passCommands(lines string) error {
	for line := range strings.Lines(lines) {
		command := ""
		if rest, ok := strings.CutPrefix(line, "::"); ok {
			command, line = "::", rest
		}
		if _, err := io.WriteString(g.under, command+g.style.Lines(line)); err != nil {
			return err
		}
	}
	return nil
}
