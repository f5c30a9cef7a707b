package capture

import (
	"regexp"
	"strings"
)

var (
	prompt = regexp.MustCompile("^" + promptForm)
	fence  = regexp.MustCompile("^\\s*(```|~~~)[\\w-]*\\s*$")
)

// promptForm matches what a shell prints before a command.
const promptForm = `(?:[$%#❯➜»] +|[\w.-]+@[\w.-]+[^$#%]*[$#%] +|PS [^>]*> *|[A-Z]:\\[^>]*> *)`

// undecorated returns a pasted text without what is around it: a byte order mark, the fences
// of a block of code, the marks of a quotation, an indentation that all lines have, and the prompt
// before the first word. The number of lines stays, so that errors name the right line.
func undecorated(text string) string {
	lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n"), "\n")
	if isQuotation(lines) {
		for i, line := range lines {
			lines[i] = strings.TrimPrefix(strings.TrimPrefix(strings.TrimLeft(line, " "), ">"), " ")
		}
	}
	for i, line := range lines {
		if fence.MatchString(line) {
			lines[i] = ""
		}
	}
	indentation := commonIndentation(lines)
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(line, indentation)
	}
	for i, line := range lines {
		if line != "" {
			lines[i] = strings.TrimPrefix(line, prompt.FindString(line))
			break
		}
	}
	return strings.Join(lines, "\n")
}

// isQuotation reports whether each line begins with the mark of a quotation. What curl -v prints
// has other marks, too.
func isQuotation(lines []string) bool {
	quoted, known := 0, false
	for _, line := range lines {
		line = strings.TrimLeft(line, " ")
		if line == "" {
			continue
		}
		rest, ok := strings.CutPrefix(line, ">")
		if !ok {
			return false
		}
		quoted++
		rest = strings.TrimSpace(rest)
		rest = strings.TrimPrefix(rest, prompt.FindString(rest))
		known = known || statusLine.MatchString(rest) || strings.HasPrefix(rest, "curl ")
	}
	return quoted > 0 && known
}

// commonIndentation returns the blanks with which all lines begin that are not blank.
func commonIndentation(lines []string) string {
	common, first := "", true
	for _, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		blanks := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		if first {
			common, first = blanks, false
		}
		for !strings.HasPrefix(blanks, common) {
			common = common[:len(common)-1]
		}
	}
	return common
}
