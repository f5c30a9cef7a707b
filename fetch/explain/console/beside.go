package console

import (
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// Beside is what is beside a message in a text: the answer that it is about,
// as far as it was copied too. The zero Beside is nothing.
type Beside struct {
	// Status is the status of the answer; 0 where none is there.
	Status int
	// Method is the method of the request; empty where none is there.
	Method string
	// Header holds the headers of the answer that are there.
	Header fetch.HeaderList
	// Whole reports whether these are all headers of the answer: they follow a
	// status line.
	Whole bool
}

// readBeside reads the status line, the lines of headers and the lines of a network
// panel in a text. What is none of these is passed over.
func readBeside(text string) Beside {
	var out Beside
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = strings.Trim(line, " \t\r><|*-\"'`,")
		if out.readStatusLine(line) {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if (!ok || value == "") && i+1 < len(lines) {
			value = lines[i+1] // a panel has the name and the value in two lines
		}
		out.readField(fetch.ByteLowercase(strings.TrimSpace(strings.Trim(name, `"'`))), strings.Trim(value, " \t\r\"',"))
	}
	return out
}

// line returns what the answer itself says where no message does: a preflight with a
// status that makes it fail, or an error. ok is false for other answers.
func (b *Beside) line() (l Line, ok bool) {
	m := panelStatus
	switch {
	case b.Method == "OPTIONS" && b.Status >= 300:
		m = panelPreflight
	case b.Status < 400:
		return Line{}, false
	}
	l = lineOf(m, fields{{"status", strconv.Itoa(b.Status)}})
	l.complete()
	return l, true
}

// readStatusLine reads a line that begins with a status; ok is false for others.
func (b *Beside) readStatusLine(line string) (ok bool) {
	version, rest, _ := strings.Cut(line, " ")
	if strings.HasPrefix(version, "HTTP/") {
		if status := leadingStatus(rest); status != 0 {
			*b = Beside{Status: status, Method: b.Method, Whole: true} // the last answer counts
			return true
		}
	}
	status := leadingStatus(line)
	if status == 0 || b.Status != 0 || !fetch.EqualFold(strings.TrimSpace(line[3:]), fetch.StatusText(status)) {
		return false
	}
	b.Status = status
	return true
}

// leadingStatus returns the status at the beginning of a text; 0 where there is none.
func leadingStatus(text string) int {
	if len(text) < 3 || len(text) > 3 && text[3] != ' ' {
		return 0
	}
	status, err := strconv.Atoi(text[:3])
	if err != nil || status < 100 || status > 599 {
		return 0
	}
	return status
}

// readField reads what a name and its value say of the answer.
func (b *Beside) readField(name, value string) {
	switch {
	case slices.Contains(statusNames[:], name):
		if status := leadingStatus(value); status != 0 && b.Status == 0 {
			b.Status = status
		}
	case name == "request method":
		b.Method, _, _ = strings.Cut(value, " ")
	case strings.HasPrefix(name, "access-control-") && !strings.HasPrefix(name, "access-control-request-") || slices.Contains(answerHeaders[:], name):
		b.Header.Append(name, value)
	}
}

// statusNames are what panels and programs call a status.
var statusNames = [...]string{"status code", "status", "statuscode", "status_code", "http status", "response status"}

// answerHeaders are the headers that only answers have and that tell a cause, and
// Content-Type.
var answerHeaders = [...]string{
	"location", "vary", "server", "allow", "age", "www-authenticate", "via", "x-cache", "x-powered-by", "content-type",
	"cross-origin-resource-policy", "x-amzn-errortype", "non-authoritative-reason",
}
