package capture

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
)

// panelPart is a part of the headers panel of developer tools.
type panelPart uint8

const (
	panelGeneral panelPart = iota
	panelResponse
	panelRequest
	panelOther
)

// panelHeadings are the headings of the parts, in Chromium's tools of several years, Firefox's
// and Safari's.
var panelHeadings = map[string]panelPart{
	"general": panelGeneral, "summary": panelGeneral, "response headers": panelResponse, "response": panelResponse,
	"request headers": panelRequest, "request": panelRequest, "query string parameters": panelOther, "form data": panelOther,
	"request payload": panelOther, "payload": panelOther, "cookies": panelOther, "timing": panelOther, "response body": panelOther,
	"redirect response": panelResponse, "query parameters": panelOther, "request data": panelOther,
}

var (
	// panelCount matches what tools write behind a heading.
	panelCount = regexp.MustCompile(`\s*(\([^)]*\)|view source|view parsed|view decoded|raw)\s*$`)
	// panelURL matches the line that only a panel has.
	panelURL = regexp.MustCompile(`(?m)^\s*(Request URL|URL):?[ \t]*(\r?\n[ \t]*)?https?://\S+`)
)

// isPanel reports whether a text is copied from a headers panel.
func isPanel(text string) bool {
	return panelURL.MatchString(text) && !strings.HasPrefix(strings.TrimSpace(text), "HTTP/")
}

// panelReader returns the reader of the tool from which a text is copied; nil if it is none.
func panelReader(text string) func(string) ([]Message, error) {
	switch {
	case isFirefoxPanel(text):
		return parseFirefoxPanels
	case isPostmanConsole(text):
		return parsePostmanConsole
	case isPanel(text):
		return parsePanels
	}
	return nil
}

// panel is what was read of a panel.
type panel struct {
	request, response Message
	status            bool
}

// parsePanels reads the headers panels of requests. Each begins with its general part. Names
// and values are on one line with a colon between them, or on two lines.
func parsePanels(text string) ([]Message, error) {
	var out []Message
	p := &panel{}
	part := panelGeneral
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		if heading, ok := panelHeadings[fetch.ByteLowercase(panelCount.ReplaceAllString(line, ""))]; ok {
			if heading == panelGeneral && p.request.Target != "" {
				out, p = append(out, p.messages()...), &panel{}
			}
			part = heading
			continue
		}
		if line == "" || part == panelOther || isPanelNoise(line) {
			continue
		}
		name, value, used := panelPair(lines, i)
		i += used
		if err := p.add(part, name, value, i-used+1); err != nil {
			return nil, err
		}
	}
	out = append(out, p.messages()...)
	if len(out) == 0 {
		return nil, errorOnLine(1, "the panel has no request URL")
	}
	return out, nil
}

// isPanelNoise reports whether a line of a panel says nothing about the request.
func isPanelNoise(line string) bool {
	return strings.HasPrefix(line, "Provisional headers are shown") || strings.HasPrefix(line, "Learn more") || strings.HasPrefix(line, "⚠") ||
		strings.HasPrefix(line, "CAUTION:")
}

// panelPair returns the name and the value that begin in a line, and how many more lines they
// use.
func panelPair(lines []string, i int) (name, value string, used int) {
	line := strings.TrimSpace(lines[i])
	if statusLine.MatchString(line) || requestLine.MatchString(line) {
		return "", line, 0
	}
	head, colon := "", line
	if rest, ok := strings.CutPrefix(line, ":"); ok {
		head, colon = ":", rest // a pseudo-header
	}
	name, value, ok := strings.Cut(colon, ":")
	if tab, after, isTab := strings.Cut(colon, "\t"); isTab && !strings.Contains(tab, ":") {
		name, value = tab, after
	}
	name, value = head+strings.TrimSpace(name), strings.TrimSpace(value)
	if value != "" {
		return name, value, 0
	}
	for next := i + 1; next < len(lines) && next <= i+2; next++ {
		text := strings.TrimSpace(lines[next])
		if _, isHeading := panelHeadings[fetch.ByteLowercase(panelCount.ReplaceAllString(text, ""))]; text == "" && ok || isHeading {
			break
		}
		if text != "" {
			return name, text, next - i
		}
	}
	return name, "", 0
}

// add takes a name and a value up.
func (p *panel) add(part panelPart, name, value string, line int) error {
	if name == "" {
		p.first(value, line)
		return nil
	}
	lower := fetch.ByteLowercase(name)
	if part == panelGeneral {
		p.general(lower, value, line)
		return nil
	}
	m := &p.request
	if part == panelResponse {
		m = &p.response
	}
	if m.Line == 0 {
		m.Line = line
	}
	switch {
	case lower == ":status":
		p.setStatus(value, line)
	case lower == ":method" && m.Method == "":
		m.Method = value
	case strings.HasPrefix(lower, ":"):
	case !fetch.IsHeaderName(name):
		return errorOnLine(line, "%q is not a header name", name)
	default:
		m.Header = append(m.Header, fetch.Header{Name: name, Value: scenario.BytesOfText(value)})
	}
	return nil
}

// general takes up what the general part says.
func (p *panel) general(name, value string, line int) {
	switch name {
	case "request url", "url":
		p.request.Target, p.request.Line = value, line
	case "request method", "method":
		p.request.Method = value
	case "status code", "status":
		p.setStatus(value, line)
	}
}

// first takes up the request line or the status line of a part that shows its source.
func (p *panel) first(text string, line int) {
	if m := statusLine.FindStringSubmatch(text); m != nil {
		p.setStatus(m[1], line)
	} else if m := requestLine.FindStringSubmatch(text); m != nil && p.request.Method == "" {
		p.request.Method = m[1]
	}
}

// setStatus reads a status such as "200 OK".
func (p *panel) setStatus(text string, line int) {
	digits, _, _ := strings.Cut(text, " ")
	if status, err := strconv.Atoi(digits); err == nil && len(digits) == 3 {
		p.response.Status, p.status = status, true
		if p.response.Line == 0 {
			p.response.Line = line
		}
	}
}

// messages returns the request and, if there was one, its response.
func (p *panel) messages() []Message {
	if p.request.Target == "" {
		return nil
	}
	if p.request.Method == "" {
		p.request.Method = "GET"
	}
	if !p.status {
		return []Message{p.request}
	}
	return []Message{p.request, p.response}
}
