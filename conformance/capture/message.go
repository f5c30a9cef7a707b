package capture

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
)

// Message is one HTTP message: a request when Method is not empty, otherwise a
// response.
type Message struct {
	Line   int // the line on which it begins
	Method string
	// Target is the request's target as in the text, such as "/users".
	Target string
	Status int
	// Header holds the headers in order, without pseudo-headers of HTTP/2.
	Header fetch.HeaderList
	Body   string
	// bodyLine is the line on which the body begins.
	bodyLine int
	// authority and scheme are the values of pseudo-headers.
	authority, scheme string
	// fromCommand reports whether the message is the request of a curl command, not
	// its own text.
	fromCommand bool
}

var (
	statusLine  = regexp.MustCompile(`^HTTP/[0-9.]+ +([0-9]{3})(?: .*)?$`)
	requestLine = regexp.MustCompile(`^([!#$%&'*+.^_|~0-9A-Za-z-]+) +(\S+) +HTTP/[0-9.]+$`)
	curlData    = regexp.MustCompile(`^[{}] \[\d+ bytes data\]$`)
	// fromPanel matches lines that are copied from a panel of Chromium's tools.
	fromPanel   = regexp.MustCompile(`^(Request URL:.*|:(authority|method|path|scheme)\s*)$`)
	bareRequest = regexp.MustCompile(`^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) +(\S+)$`)
)

// ParseMessages reads pasted HTTP messages, one after another. Each has a request
// line or a status line, headers, and optionally an empty line and a body. The body
// ends before the next line that begins a message. ParseMessages also reads the
// output of curl -v ("> " and "< " before each line), curl commands with what they
// print, the headers panels of developer tools, and the pseudo-headers of
// HTTP/2 (":method: GET"). It joins a header that continues on several lines, as
// browsers do.
func ParseMessages(text string) ([]Message, error) {
	return parseMessages(&messageParser{text: text})
}

// ParseResponses reads pasted responses as [ParseMessages] does. A request is an
// error. Headers without a status line are a response with the status 200; assumed
// reports whether there is such a response.
func ParseResponses(text string) (responses []Message, assumed bool, err error) {
	p := &messageParser{text: text, bare: true}
	out, err := parseMessages(p)
	if err != nil {
		return nil, false, err
	}
	for _, m := range out {
		if m.Method != "" {
			return nil, false, errorOnLine(m.Line, "this is a request; only responses are allowed here")
		}
	}
	return out, p.assumed, nil
}

func parseMessages(p *messageParser) ([]Message, error) {
	text := undecorated(p.text)
	if read := panelReader(text); read != nil && !p.bare {
		return read(text)
	}
	if isPowerShellOutput(text) {
		var err error
		if text, err = powerShellMessages(text); err != nil {
			return nil, err
		}
	}
	p.text = text
	for line := range strings.SplitAfterSeq(text, "\n") {
		if err := p.line(strings.TrimSuffix(line, "\n")); err != nil {
			return nil, err
		}
		p.offset += len(line)
		p.number++
	}
	if p.unfinished != nil {
		if err := p.endCommand(); err != nil {
			return nil, err
		}
	}
	if err := p.flush(); err != nil {
		return nil, err
	}
	if len(p.out) == 0 {
		return nil, errorAt(text, 0, "there is no HTTP message")
	}
	return p.out, nil
}

// messageParser reads line by line.
type messageParser struct {
	text   string
	offset int // of the line
	number int // of the line, from 0
	out    []Message
	now    *Message
	inBody bool
	body   []string
	folded []string // the lines that continue the last header
	curl   bool     // the input is what curl -v prints
	// bare allows headers without a status line; assumed reports whether there
	// were such headers.
	bare, assumed bool
	// unfinished holds the lines of a command, which begins on commandLine; quotes counts
	// the single quotation marks in them, and braces the braces that are open.
	unfinished     []string
	commandLine    int
	quotes, braces int
	powerShell     bool   // the command is one of PowerShell
	curlScheme     string // the scheme that curl -v shows
	indented       bool   // the command is one of wget, which indents headers
}

func (p *messageParser) line(line string) error {
	if isCommand, err := p.command(line); isCommand || err != nil {
		return err
	}
	line, skip := p.uncurl(line)
	if skip {
		return nil
	}
	if p.indented {
		line = p.ofWget(line)
	}
	if next := startOf(line); next != nil && (p.now == nil || p.inBody || !strings.Contains(line, ": ")) {
		if next.Method != "" && p.now != nil && p.now.fromCommand {
			// curl -v prints the request that its command makes.
			next.scheme, _, _ = strings.Cut(p.now.Target, ":")
			p.now = nil
		}
		if err := p.flush(); err != nil {
			return err
		}
		if next.scheme == "" {
			next.scheme = p.curlScheme
		}
		next.Line = p.number + 1
		p.now, p.inBody, p.body = next, false, nil
		return p.pseudo(line)
	}
	switch {
	case p.now == nil && (strings.TrimSpace(line) == "" || otherCommand.MatchString(line)):
		return nil
	case p.now == nil && p.bare && strings.Contains(line, ":"):
		p.now, p.assumed = &Message{Line: p.number + 1, Status: 200}, true
	case p.now == nil && fromPanel.MatchString(line):
		return errorAt(p.text, p.offset, "this is copied from a panel of developer tools").
			WithHelp("copy the request as cURL there, for corsim curl, or paste the raw messages")
	case p.now == nil:
		return errorAt(p.text, p.offset, "expected a request line (GET /path HTTP/1.1) or a status line (HTTP/1.1 200 OK) here")
	case p.inBody && p.now.fromCommand:
		return nil // what curl prints before the response, such as its progress
	case p.inBody:
		if p.now.bodyLine == 0 && strings.TrimSpace(line) != "" {
			p.now.bodyLine = p.number + 1
		}
		p.body = append(p.body, line)
		return nil
	case strings.TrimSpace(line) == "":
		p.unfold()
		p.inBody = true
		return nil
	}
	return p.header(line)
}

// uncurl removes the marks that curl -v writes before a line. skip reports whether
// the line is a message of curl itself.
func (p *messageParser) uncurl(line string) (rest string, skip bool) {
	for _, prefix := range []string{"> ", "< "} {
		if rest, ok := strings.CutPrefix(line, prefix); ok && (p.curl || startOf(rest) != nil) {
			p.curl = true
			return rest, false
		}
	}
	switch {
	case p.curl && (line == ">" || line == "<"):
		return "", false
	case (p.curl || p.now == nil || p.now.fromCommand) && (strings.HasPrefix(line, "* ") || curlData.MatchString(line)):
		p.curlNote(line)
		return "", true
	}
	return line, false
}

// startOf returns the message that a line begins; nil if it does not begin one.
func startOf(line string) *Message {
	line = strings.TrimRight(line, " \t")
	if m := statusLine.FindStringSubmatch(line); m != nil {
		status, _ := strconv.Atoi(m[1]) // three digits
		return &Message{Status: status}
	}
	for _, form := range []*regexp.Regexp{requestLine, bareRequest} {
		if m := form.FindStringSubmatch(line); m != nil {
			return &Message{Method: m[1], Target: m[2]}
		}
	}
	if strings.HasPrefix(line, ":authority:") || strings.HasPrefix(line, ":method:") || strings.HasPrefix(line, ":status:") {
		return &Message{}
	}
	return nil
}

// pseudo reads the first line of a message if it is a pseudo-header.
func (p *messageParser) pseudo(line string) error {
	if strings.HasPrefix(line, ":") {
		return p.header(line)
	}
	return nil
}

func (p *messageParser) header(line string) error {
	if pseudo, ok := strings.CutPrefix(line, ":"); ok {
		name, value, _ := strings.Cut(pseudo, ":")
		return p.pseudoHeader(name, strings.TrimSpace(value))
	}
	if line[0] == ' ' || line[0] == '\t' {
		return p.continueHeader(line)
	}
	p.unfold()
	name, value, ok := strings.Cut(line, ":")
	switch {
	case !ok:
		return errorAt(p.text, p.offset, "expected a header (Name: value) or an empty line here")
	case !fetch.IsHeaderName(name):
		return errorAt(p.text, p.offset, "%q is not a header name", name)
	}
	p.now.Header = append(p.now.Header, fetch.Header{Name: name, Value: scenario.BytesOfText(strings.TrimSpace(value))})
	return nil
}

// continueHeader keeps a line that continues the header before it.
func (p *messageParser) continueHeader(line string) error {
	if len(p.now.Header) == 0 {
		return errorAt(p.text, p.offset, "an indented line continues the header before it, but there is none")
	}
	p.folded = append(p.folded, scenario.BytesOfText(strings.TrimSpace(line)))
	return nil
}

// unfold joins the lines that continue the last header to its value.
func (p *messageParser) unfold() {
	if len(p.folded) == 0 {
		return
	}
	last := &p.now.Header[len(p.now.Header)-1]
	last.Value = strings.TrimSpace(last.Value + " " + strings.Join(p.folded, " "))
	p.folded = nil
}

func (p *messageParser) pseudoHeader(name, value string) error {
	switch name {
	case "method":
		p.now.Method = value
	case "path":
		p.now.Target = value
	case "authority":
		p.now.authority = value
	case "scheme":
		p.now.scheme = value
	case "status":
		status, err := strconv.Atoi(value)
		if err != nil || len(value) != 3 {
			return errorAt(p.text, p.offset, "%q is not a status", value)
		}
		p.now.Status = status
	default:
		return errorAt(p.text, p.offset, "the pseudo-header :%s is not understood", name)
	}
	return nil
}

// flush ends the current message.
func (p *messageParser) flush() error {
	m := p.now
	if m == nil {
		return nil
	}
	p.unfold()
	if m.Method == "" && m.Status == 0 {
		return errorOnLine(m.Line, "this message has neither a method nor a status")
	}
	if m.Method != "" && m.Target == "" {
		return errorOnLine(m.Line, "this request has no path")
	}
	// Empty lines at the end do not belong to the body: they separate messages, or
	// end the pasted text.
	for len(p.body) > 0 && p.body[len(p.body)-1] == "" {
		p.body = p.body[:len(p.body)-1]
	}
	if !m.fromCommand {
		m.Body = strings.Join(p.body, "\n")
	}
	// Informational responses come before the final response and are left out.
	if m.Method != "" || m.Status >= 200 {
		p.out = append(p.out, *m)
	}
	p.now = nil
	return nil
}
