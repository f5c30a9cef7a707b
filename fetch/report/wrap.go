package report

import (
	"strings"
	"unicode/utf8"
)

// maxLines is the largest number of lines of a wrapped text; the rest is cut off.
const maxLines = 4

// wrap breaks a text into lines of at most width characters, between words if
// possible.
func wrap(text string, width int) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(strings.ToValidUTF8(text, "\uFFFD")) {
		for utf8.RuneCountInString(word) > width {
			if line != "" {
				out, line = append(out, line), ""
			}
			head := string([]rune(word)[:width])
			out, word = append(out, head), word[len(head):]
		}
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= width:
			line += " " + word
		default:
			out, line = append(out, line), word
		}
	}
	if line != "" || len(out) == 0 {
		out = append(out, line)
	}
	if len(out) > maxLines {
		out = append(out[:maxLines-1], "…")
	}
	return out
}
