package capture

import (
	"regexp"
	"strings"
)

var (
	// powerShellProperty matches a property of a response as PowerShell prints it.
	powerShellProperty = regexp.MustCompile(`^(StatusCode|StatusDescription|Content|RawContent|Forms|Headers|Images|InputFields|Links|ParsedHtml|RawContentLength|RelationLink|Encoding|BaseResponse)\s+:(?:\s|$)`)
	powerShellStatus   = regexp.MustCompile(`(?m)^StatusCode\s+: [0-9]{3}\s*$`)
	powerShellRaw      = regexp.MustCompile(`(?m)^RawContent\s+: ?HTTP/`)
)

// isPowerShellOutput reports whether a text has what Invoke-WebRequest prints.
func isPowerShellOutput(text string) bool {
	return powerShellStatus.MatchString(text) && powerShellRaw.MatchString(text)
}

// powerShellMessages returns a text in which the output of Invoke-WebRequest is replaced by the
// HTTP response in its property RawContent. The number of lines stays. A response whose headers
// PowerShell cut off is an error.
func powerShellMessages(text string) (string, error) {
	lines := strings.Split(text, "\n")
	property := ""
	for i, line := range lines {
		m := powerShellProperty.FindStringSubmatchIndex(line)
		switch {
		case m != nil:
			property = line[m[2]:m[3]]
			line = strings.TrimSpace(line[m[1]:])
		case property != "" && strings.TrimSpace(line) != "" && !strings.HasPrefix(line, " "):
			property = "" // another command
			continue
		case property == "":
			continue
		}
		line = strings.TrimSpace(line)
		if property != "RawContent" {
			line = ""
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n"), checkPowerShellHeaders(lines)
}

// checkPowerShellHeaders returns an error if the headers of a response end in the dots with which
// PowerShell shortens what it prints.
func checkPowerShellHeaders(lines []string) error {
	inHeader := false
	for i, line := range lines {
		switch {
		case statusLine.MatchString(line):
			inHeader = true
		case line == "":
			inHeader = false
		case inHeader && (strings.HasSuffix(line, "...") || strings.HasSuffix(line, "…")):
			return errorOnLine(i+1, "PowerShell has cut the headers off here, and the rest may decide").
				WithHelp("print them whole: (Invoke-WebRequest …).RawContent")
		}
	}
	return nil
}
