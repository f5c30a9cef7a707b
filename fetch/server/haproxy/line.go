package haproxy

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// line is one line of a configuration: its words with their position.
type line struct {
	words []string
	at    server.Position
}

// splitter splits one line into words.
type splitter struct {
	text  string
	pos   int
	env   func(name string) (string, bool)
	word  strings.Builder
	begun bool
	words []string
	lacks string // the environment variable that is not given
}

// lines returns the lines of a configuration that are not empty.
func (c *compiler) lines() ([]line, error) {
	var out []line
	var open blocks
	for i, text := range strings.Split(c.src.Text, "\n") {
		s := &splitter{text: strings.TrimSuffix(text, "\r"), env: c.env}
		at := server.Position{File: c.src.Name, Line: i + 1, Column: len(text) - len(strings.TrimLeft(text, " \t")) + 1}
		if message := s.split(); message != "" {
			return nil, &server.StartError{Position: at, Message: message}
		}
		directive := len(s.words) > 0 && strings.HasPrefix(s.words[0], ".")
		if !open.kept() && !directive {
			continue
		}
		if s.lacks != "" && open.kept() {
			return nil, &server.InputError{Position: at, Problem: "the environment variable " + s.lacks + " is not given", Help: "give it with --env " + s.lacks + "=…"}
		}
		if directive {
			var err error
			if open, err = open.step(c, s.words, at); err != nil {
				return nil, err
			}
			continue
		}
		if len(s.words) > 0 {
			out = append(out, line{s.words, at})
		}
	}
	if len(open) > 0 {
		return nil, &server.StartError{Position: server.Position{File: c.src.Name}, Message: "unterminated '.if' block"}
	}
	return out, nil
}

func (c *compiler) env(name string) (string, bool) {
	v, ok := c.src.Env[name]
	return v, ok || c.src.EnvComplete
}

// split splits the line; the result is HAProxy's message, or "".
func (s *splitter) split() string {
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		s.pos++
		switch {
		case c == ' ' || c == '\t':
			s.end()
		case c == '#':
			s.end()
			return ""
		case c == '\\':
			s.escape(" #\\\"'")
		case c == '\'':
			end := strings.IndexByte(s.text[s.pos:], '\'')
			if end < 0 {
				return "unmatched quote"
			}
			s.write(s.text[s.pos : s.pos+end])
			s.pos += end + 1
		case c == '"':
			if !s.quoted() {
				return "unmatched quote"
			}
		default:
			s.write(string(c))
		}
	}
	s.end()
	return ""
}

func (s *splitter) write(text string) {
	s.begun = true
	s.word.WriteString(text)
}

func (s *splitter) end() {
	if s.begun {
		s.words = append(s.words, s.word.String())
		s.word.Reset()
		s.begun = false
	}
}

// escape reads what follows a backslash.
func (s *splitter) escape(plain string) {
	if s.pos == len(s.text) {
		s.write(`\`)
		return
	}
	c := s.text[s.pos]
	s.pos++
	switch {
	case strings.IndexByte(plain, c) >= 0:
		s.write(string(c))
	case c == 'n':
		s.write("\n")
	case c == 'r':
		s.write("\r")
	case c == 't':
		s.write("\t")
	default:
		s.write(`\` + string(c))
	}
}

// quoted reads a text in double quotes, in which variables of the environment are
// replaced.
func (s *splitter) quoted() bool {
	s.begun = true
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		s.pos++
		switch c {
		case '"':
			return true
		case '\\':
			s.escape("\\\"'$ #")
		case '$':
			s.variable()
		default:
			s.write(string(c))
		}
	}
	return false
}

func (s *splitter) variable() {
	rest := s.text[s.pos:]
	braces := strings.HasPrefix(rest, "{")
	name := strings.TrimPrefix(rest, "{")
	end := strings.IndexFunc(name, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	if end >= 0 {
		name = name[:end]
	}
	if name == "" {
		s.write("$")
		return
	}
	s.pos += len(name)
	if braces {
		s.pos += 2
	}
	value, ok := s.env(name)
	if !ok {
		s.lacks = name
	}
	s.write(value)
}
