package capture

import (
	"regexp"
	"strings"

	"github.com/corsim/corsim/fetch"
)

var (
	// firefoxStart matches the line with which Firefox's panel begins: the method, and in newer
	// versions the URL.
	firefoxStart = regexp.MustCompile(`^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)(?:\s+(https?://\S+))?$`)
	// firefoxLabel matches a label of the panel's summary. Its value may follow without a blank.
	firefoxLabel = regexp.MustCompile(`^(?i:(scheme|host|filename|address|status|version|transferred|referrer policy|request priority|dns resolution|blocking|initiator))(?:[:\s]\s*|(HTTP/|[0-9]|[a-z]+-|System|DNS|Highest|High|Normal|Low|$)|$)`)
	// firefoxPanel matches the labels that other texts do not have together.
	firefoxPanel = regexp.MustCompile(`(?ms)^\s*Status\b.*^\s*(Version\s*HTTP/|Transferred|Referrer Policy)`)
)

// isFirefoxPanel reports whether a text is copied from the headers panel of Firefox.
func isFirefoxPanel(text string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return firefoxStart.MatchString(strings.TrimSpace(first)) && firefoxPanel.MatchString(text)
}

// firefoxReader reads the headers panels of Firefox. A panel has a summary, the headers of the
// response and those of the request, and may lack the headings between them.
type firefoxReader struct {
	panel
	lines []string
	out   []Message
	part  panelPart
	// label is the label of the summary whose value is on the next line.
	label                  string
	scheme, host, filename string
}

// parseFirefoxPanels reads the panels of one or more requests.
func parseFirefoxPanels(text string) ([]Message, error) {
	f := &firefoxReader{lines: strings.Split(text, "\n")}
	for i := 0; i < len(f.lines); i++ {
		line := strings.TrimSpace(f.lines[i])
		if line == "" {
			continue
		}
		if m := firefoxStart.FindStringSubmatch(line); m != nil {
			if err := f.end(); err != nil {
				return nil, err
			}
			f.request = Message{Line: i + 1, Method: m[1], Target: m[2]}
			continue
		}
		if part, ok := panelHeadings[fetch.ByteLowercase(panelCount.ReplaceAllString(line, ""))]; ok {
			f.part = part
			continue
		}
		if f.part == panelOther || line == "Raw" || f.part == panelGeneral && f.summary(line, i+1) {
			continue
		}
		used, err := f.header(i)
		if err != nil {
			return nil, err
		}
		i += used
	}
	return f.out, f.end()
}

// summary reads a line of the summary. It returns false for the first line of the headers.
func (f *firefoxReader) summary(line string, number int) bool {
	m := firefoxLabel.FindStringSubmatchIndex(line)
	switch {
	case m != nil:
		f.label = fetch.ByteLowercase(line[m[2]:m[3]])
		if value := strings.TrimSpace(strings.TrimLeft(line[m[3]:], ": \t")); value != "" {
			f.value(value, number)
		}
		return true
	case strings.HasPrefix(line, "http://") || strings.HasPrefix(line, "https://"):
		f.request.Target = line
		return true
	case f.label != "":
		f.value(line, number)
		return true
	}
	return !f.status
}

// value takes up the value of the last label.
func (f *firefoxReader) value(value string, number int) {
	switch f.label {
	case "scheme":
		f.scheme = value
	case "host":
		f.host = value
	case "filename":
		f.filename = value
	case "status":
		if !f.status {
			f.setStatus(value, number)
			f.label = "" // the reason phrase may follow
			if f.status && !strings.Contains(value, " ") {
				f.label = "status"
			}
			return
		}
	}
	f.label = ""
}

// header reads a header, and returns how many more lines it uses. Without headings, the headers of
// the request begin with the first one that only requests have.
func (f *firefoxReader) header(i int) (used int, err error) {
	name, value, used := panelPair(f.lines, i)
	if f.part == panelGeneral {
		f.part = panelResponse
	}
	if f.part == panelResponse && isOfRequests(name) {
		f.part = panelRequest
	}
	return used, f.add(f.part, name, value, i+1)
}

// isOfRequests reports whether only requests have a header, and each request of a browser has one of
// them.
func isOfRequests(name string) bool {
	switch fetch.ByteLowercase(name) {
	case "accept", "accept-encoding", "accept-language", "host", "origin", "user-agent", "referer", "access-control-request-method":
		return true
	}
	return false
}

// end ends the panel of a request.
func (f *firefoxReader) end() error {
	line := f.request.Line
	if f.request.Target == "" && f.host != "" && f.scheme != "" {
		f.request.Target = f.scheme + "://" + f.host + f.filename
	}
	if line > 0 && f.request.Target == "" {
		return errorOnLine(line, "this panel names no URL").WithHelp("write it behind the method, as in GET https://api.example.com/users")
	}
	f.out = append(f.out, f.messages()...)
	*f = firefoxReader{lines: f.lines, out: f.out}
	return nil
}
