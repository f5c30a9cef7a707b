package php

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/worlds"
)

// line is one header line of the response.
type line struct {
	name, value string
	unknown     *unknown // not nil when the value is not known
}

// response is the response of a run.
type response struct {
	status int
	// line is the status of header("HTTP/1.1 404 …"), which http_response_code() does
	// not change; 0 when there is none.
	line  int
	lines []line
	sent  bool // the headers are sent
	// output is what was sent, bounded; written counts it.
	output  strings.Builder
	written int
	buffers []*strings.Builder
	// errors reports whether PHP displays errors.
	errors           bool
	exceptionHandler value
	errorHandler     value
	shutdown         []value
	// lastError is what error_get_last() returns; nil when there was no error.
	lastError *lastError
	// whenSent is the callback that runs before the headers are sent.
	whenSent value

	decided []server.Decision
	// statusUnknown says why the status is not known; corsUnknown why the CORS
	// headers are not.
	statusUnknown, corsUnknown *server.UnknownError
	// outer says what of the program was not seen; named is set when a file that ran
	// names a CORS header.
	outer *server.UnknownError
	named bool
	// notGiven is set when a file of the program is not given.
	notGiven *unknown
}

// lose says that the CORS headers are not known.
func (r *run) lose(err *server.UnknownError) {
	if r.corsUnknown == nil {
		r.corsUnknown = err
	}
}

// write adds output.
func (r *run) write(at pos, v value) {
	if u := unknownIn(v); u != nil {
		v = u.prefix
	}
	s := r.text(at, v)
	if n := len(r.buffers); n > 0 {
		if b := r.buffers[n-1]; b.Len() < maxOutput {
			b.WriteString(s)
		}
		return
	}
	if s == "" {
		return
	}
	r.written += len(s)
	if r.output.Len() < maxOutput {
		r.output.WriteString(s)
	}
	if size, given := r.buffering(); given && size == 0 || r.written > size && size > 0 {
		r.sendNow(at)
	}
}

// sendNow sends the headers, if they are not sent yet.
func (r *run) sendNow(at pos) {
	if r.sent {
		return
	}
	if f := r.whenSent; f != nil {
		r.whenSent = nil
		r.callValue(at, f)
	}
	r.sent = true
}

// buffering returns the size of PHP's own output buffer, and whether it was given.
func (r *run) buffering() (size int, given bool) {
	v, ok := r.settings["output_buffering"]
	if !ok {
		return 4096, false
	}
	return int(toInt(v)), true
}

// tooLate says whether a change of the headers is too late.
func (r *run) tooLate(at pos) bool {
	if size, given := r.buffering(); !r.sent && r.written > 0 && !given && len(r.decided) < 100 {
		r.decided = append(r.decided, server.Decision{Position: at.position(), Text: fmt.Sprintf("the output before it waits in PHP's buffer (output_buffering is assumed to be %d)", size)})
	}
	return r.sent
}

// sendHeader is header().
func (r *run) sendHeader(at pos, v value, replace bool, status int) {
	u, _ := v.(*unknown)
	text := ""
	if u != nil {
		text = u.prefix
	} else {
		text = r.text(at, v)
	}
	text = strings.TrimRight(text, " \t\n\r\v\f")
	name, rest, found := strings.Cut(text, ":")
	switch {
	case r.tooLate(at):
		r.note(at, name, "header() has no effect: the headers are sent already")
	case text == "" && u == nil:
	case strings.ContainsAny(text, "\r\n\x00"):
		r.note(at, name, "header() does nothing: the value has a line break")
	case len(text) >= 5 && fetch.ByteLowercase(text[:5]) == "http/":
		r.statusLine(at, text, u)
	case !found && u != nil:
		r.lose(u.err)
	case !found:
		r.setStatus(status)
	default:
		r.addLine(at, line{name, strings.TrimLeft(rest, " \t"), u}, replace)
		r.statusFor(name, status)
	}
}

// statusLine is header("HTTP/1.1 404 Not Found").
func (r *run) statusLine(at pos, text string, u *unknown) {
	if u != nil {
		r.statusUnknown = u.err
	}
	_, rest, _ := strings.Cut(text, " ")
	if n := toInt(rest); n > 0 {
		r.setStatus(int(n))
		r.line = int(n)
	}
	r.note(at, "", fmt.Sprintf("header() sets status %d", r.status))
}

// addLine adds a header line; with replace, earlier lines of the name go.
func (r *run) addLine(at pos, l line, replace bool) {
	if replace {
		r.removeLines(l.name)
	}
	r.lines = append(r.lines, l)
	if u := l.unknown; u != nil {
		r.note(at, l.name, fmt.Sprintf("header() sets %s to a value that is not known", l.name))
		return
	}
	r.note(at, l.name, fmt.Sprintf("header() sets %s: %s", l.name, l.value))
}

func (r *run) removeLines(name string) {
	kept := r.lines[:0]
	for _, l := range r.lines {
		if fetch.ByteLowercase(l.name) != fetch.ByteLowercase(name) {
			kept = append(kept, l)
		}
	}
	r.lines = kept
}

// statusFor sets the status that a header brings.
func (r *run) statusFor(name string, status int) {
	redirect := r.status >= 300 && r.status <= 399 || r.status == 201
	switch name := fetch.ByteLowercase(name); {
	case status > 0:
		r.setStatus(status)
	case name == "location" && !redirect:
		r.setStatus(302)
	case name == "www-authenticate":
		r.setStatus(401)
	}
}

func (r *run) setStatus(status int) {
	if status > 0 && status != r.status {
		r.status, r.line = status, 0
	}
}

// sentStatus returns the status that is sent.
func (r *run) sentStatus() int {
	if r.line != 0 {
		return r.line
	}
	return r.status
}

// note records what a statement did to a CORS header or to the status.
func (r *run) note(at pos, header, text string) {
	if header != "" && !worlds.Compared(header) {
		return
	}
	if len(r.decided) < 100 {
		r.decided = append(r.decided, server.Decision{Position: r.outward(at).position(), Header: header, Text: text})
	}
}

// header returns the header lines of the response.
func (r *run) header() fetch.HeaderList {
	var out fetch.HeaderList
	typed := false
	for _, l := range r.lines {
		out = append(out, fetch.Header{Name: l.name, Value: l.value})
		typed = typed || fetch.ByteLowercase(l.name) == "content-type"
	}
	if !typed {
		out = append(out, fetch.Header{Name: "Content-type", Value: "text/html; charset=UTF-8"})
	}
	return out
}
