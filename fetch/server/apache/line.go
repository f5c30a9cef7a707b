package apache

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// A line is one logical line of a configuration: physical lines that end with a
// backslash are joined.
type line struct {
	text string
	pos  server.Position // of its first character that is not a space
}

// lines returns the logical lines of a text without empty lines and comments.
func lines(file, text string) []line {
	var out []line
	for n := 1; text != ""; {
		first := n
		var joined string
		for {
			one, rest, _ := strings.Cut(text, "\n")
			text = rest
			n++
			one = strings.TrimSuffix(one, "\r")
			if strings.HasSuffix(one, `\`) && text != "" {
				joined += one[:len(one)-1]
				continue
			}
			joined += one
			break
		}
		trimmed := strings.TrimLeft(joined, " \t\v\f\r")
		if trimmed == "" || trimmed[0] == '#' {
			continue
		}
		column := len([]rune(joined[:len(joined)-len(trimmed)])) + 1
		out = append(out, line{text: strings.TrimRight(trimmed, " \t\v\f\r"), pos: server.Position{File: file, Line: first, Column: column}})
	}
	return out
}

// isSpace reports whether a byte separates words.
func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// word returns the first word of a line and the rest. A word may be in double or
// single quotes; in it a backslash escapes the quote and itself.
func word(s string) (first, rest string) {
	s = strings.TrimLeft(s, " \t\n\v\f\r")
	if s == "" {
		return "", ""
	}
	quote := s[0]
	if quote != '"' && quote != '\'' {
		end := 0
		for end < len(s) && !isSpace(s[end]) {
			end++
		}
		return unescapeWord(s[:end], 0), strings.TrimLeft(s[end:], " \t\n\v\f\r")
	}
	end := 1
	for end < len(s) && s[end] != quote {
		if s[end] == '\\' && end+1 < len(s) && (s[end+1] == quote || s[end+1] == '\\') {
			end++
		}
		end++
	}
	end = min(end, len(s))
	inner := unescapeWord(s[1:end], quote)
	if end < len(s) {
		end++
	}
	return inner, strings.TrimLeft(s[end:], " \t\n\v\f\r")
}

// unescapeWord removes the backslashes that escape a backslash or the quote.
func unescapeWord(s string, quote byte) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '\\' || quote != 0 && s[i+1] == quote) {
			i++
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// words returns all words of a line.
func words(s string) []string {
	var out []string
	for s = strings.TrimLeft(s, " \t\n\v\f\r"); s != ""; {
		var w string
		w, s = word(s)
		out = append(out, w)
	}
	return out
}
