package capture

import (
	"regexp"
	"strings"

	"github.com/corsim/corsim/fetch/browser"
)

// transcriptCommand matches a line with a command of curl, HTTPie, wget or PowerShell, perhaps after the
// prompt of a shell.
var transcriptCommand = regexp.MustCompile("^(?:" + promptForm + `?(?:curl(?:\.exe)?|wget|(?i:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)) |` + promptForm + `(?:https?|xhs?) )`)

// firstCommand matches a command of HTTPie without a prompt, which may be at the beginning.
var firstCommand = regexp.MustCompile(`^(?:https?|xhs?) [^/]`)

// otherCommand matches a command of another client, which prints the messages themselves.
var otherCommand = regexp.MustCompile("^" + promptForm + `?(?:https?|xhs?|httpie|wget|nc|openssl) [^/]*`)

// command reads the lines of a curl command in a transcript. It reports whether the line was
// one of them.
func (p *messageParser) command(line string) (bool, error) {
	switch {
	case p.unfinished != nil:
		p.unfinished = append(p.unfinished, line)
	case (transcriptCommand.MatchString(line) || p.now == nil && firstCommand.MatchString(line)) && !requestLine.MatchString(line) && (p.now == nil || p.inBody || p.now.fromCommand):
		if err := p.flush(); err != nil {
			return true, err
		}
		p.now = nil
		p.unfinished, p.quotes, p.braces = []string{strings.TrimPrefix(line, prompt.FindString(line))}, 0, 0
		p.commandLine, p.powerShell = p.number+1, powerShellForm.MatchString(p.unfinished[0])
	default:
		return false, nil
	}
	trimmed := strings.TrimRight(line, " \t")
	p.quotes += strings.Count(line, "'")
	if strings.HasSuffix(trimmed, `\`) || strings.HasSuffix(trimmed, "^") || p.quotes%2 == 1 || p.inPowerShell(trimmed) {
		return true, nil
	}
	return true, p.endCommand()
}

// inPowerShell reports whether a command of PowerShell continues after a line.
func (p *messageParser) inPowerShell(line string) bool {
	p.braces += strings.Count(line, "{") - strings.Count(line, "}")
	return p.powerShell && (strings.HasSuffix(line, "`") || p.braces > 0)
}

// endCommand makes a message of the command.
func (p *messageParser) endCommand() error {
	text := strings.Join(p.unfinished, "\n")
	p.unfinished = nil
	c, err := parseTranscript(text)
	if err != nil {
		return errorOnLine(p.commandLine, "the command: %v", err)
	}
	call, err := c.finish()
	if err != nil {
		return errorOnLine(p.commandLine, "the command: %v", err)
	}
	p.indented = strings.HasPrefix(text, "wget")
	m := &Message{Line: p.commandLine, Method: "GET", Target: call.Init.URL, Header: c.wire, fromCommand: true}
	switch {
	case c.method != "":
		m.Method = c.method
	case len(c.form) > 0 || c.hasData && !c.get:
		m.Method = "POST"
	case c.head:
		m.Method = "HEAD"
	}
	if text, ok := call.Init.Body.(browser.Text); ok && m.Method != "GET" && m.Method != "HEAD" {
		m.Body = string(text)
	}
	p.now, p.inBody, p.body = m, true, nil
	return nil
}

// parseTranscript reads a command of curl, HTTPie, wget or PowerShell.
func parseTranscript(text string) (*curlParser, error) {
	if strings.HasPrefix(text, "curl") || powerShellForm.MatchString(text) {
		return parseCurl(text)
	}
	words, notes, err := shellWords(text)
	if err != nil {
		return nil, err
	}
	words, ok := curlWordsOf(words)
	if !ok {
		return parseCurl(text)
	}
	p := &curlParser{command: text, words: words[1:], call: Call{Notes: notes}}
	return p, p.parse()
}

// ofWget returns a line that wget -S prints without its indentation. Other lines end the
// headers.
func (p *messageParser) ofWget(line string) string {
	if rest, ok := strings.CutPrefix(line, "  "); ok {
		return rest
	}
	if p.inBody {
		return line
	}
	return ""
}

// connected matches the line of curl -v that names the port of the server.
var connected = regexp.MustCompile(`^\* +(?:Connected to|Trying|Established connection to|Host) .*?(?:port |:)(\d+)`)

// curlNote reads a line of curl -v that is not a message: it says whether the connection has TLS.
func (p *messageParser) curlNote(line string) {
	switch {
	case strings.Contains(line, "SSL connection using") || strings.Contains(line, "TLS handshake") || strings.Contains(line, "ALPN"):
		p.curlScheme = "https"
	case strings.HasPrefix(line, "* Connected to") || strings.HasPrefix(line, "* Established connection"):
		if m := connected.FindStringSubmatch(line); m != nil && m[1] != "443" && p.curlScheme == "" {
			p.curlScheme = "http"
		}
	}
}
