package capture

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
)

var (
	// postmanStart matches the line with which a request begins in Postman's console.
	postmanStart = regexp.MustCompile(`^[▶▼►▾▸\s]*(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s+(https?://[^\s"]+?)(?::\s*\{|\s+([0-9]{3})(?:\s.*)?)?$`)
	// postmanHeading matches the heading of a part, as the console shows it and as it copies it.
	postmanHeading = regexp.MustCompile(`^[▶▼►▾▸\s]*"?(Network|Request Headers|Request Body|Response Headers|Response Body)"?(?::.*)?\s*$`)
	postmanParts   = regexp.MustCompile(`(?m)^[▶▼►▾▸\s]*"?(Request|Response) Headers"?(: *\{)?\s*$`)
	postmanStatus  = regexp.MustCompile(`^(?:Status:?\s*)?([0-9]{3})(?: [A-Z].*)?$`)
)

// isPostmanConsole reports whether a text is copied from the console of Postman, in its pretty form.
func isPostmanConsole(text string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return postmanStart.MatchString(strings.TrimSpace(first)) && postmanParts.MatchString(text)
}

// parsePostmanConsole reads the requests in a console of Postman.
func parsePostmanConsole(text string) ([]Message, error) {
	var out []Message
	p, part := &panel{}, panelGeneral
	end := func() error {
		if len(p.response.Header) > 0 && !p.status {
			return errorOnLine(p.response.Line, "the console does not say the status of this response").
				WithHelp("write it on a line of its own below the one with the URL, such as 200")
		}
		out = append(out, p.messages()...)
		return nil
	}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if m := postmanStart.FindStringSubmatch(line); m != nil {
			if err := end(); err != nil {
				return nil, err
			}
			p, part = &panel{request: Message{Line: i + 1, Method: m[1], Target: m[2]}}, panelGeneral
			p.setStatus(m[3], i+1)
			continue
		}
		if m := postmanHeading.FindStringSubmatch(line); m != nil {
			part = postmanPart(m[1])
			continue
		}
		if part == panelGeneral {
			if m := postmanStatus.FindStringSubmatch(line); m != nil && !p.status {
				p.setStatus(m[1], i+1)
			}
			continue
		}
		if part == panelOther || strings.Trim(line, "{}, ") == "" {
			continue
		}
		name, value, _ := strings.Cut(line, ":")
		if err := p.add(part, unquotedPostman(name), unquotedPostman(value), i+1); err != nil {
			return nil, err
		}
	}
	return out, end()
}

// postmanPart returns the part below a heading.
func postmanPart(heading string) panelPart {
	if part := panelHeadings[fetch.ByteLowercase(heading)]; part == panelRequest || part == panelResponse {
		return part
	}
	return panelOther
}

// unquotedPostman returns a name or a value without the quotation marks and the comma of JSON.
func unquotedPostman(text string) string {
	text = strings.TrimSuffix(strings.TrimSpace(text), ",")
	if unquoted, err := strconv.Unquote(text); err == nil {
		return unquoted
	}
	return text
}
