package report

import (
	"io"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/textfmt"
)

// text writes text in a style. It ignores errors of the writer.
type text struct {
	io.Writer
	Style
	// noAnswer is the text for a server that closed the connection without a
	// response.
	noAnswer string
	// bodies says how much of the bodies is written.
	bodies bodyLength
	checks checks
}

// checks says whether a text marks the exchange on which a check failed.
type checks uint8

const (
	checksShown checks = iota
	checksHidden
)

// bodyLength is how much of a body a text shows.
type bodyLength uint8

const (
	// shortBodies: the beginning; of an error page the text that people read.
	shortBodies bodyLength = iota
	wholeBodies
)

// line writes one line, whatever the arguments contain. A format that begins with a line
// break leaves a line empty before it.
func (t *text) line(format string, args ...any) {
	format, gap := strings.CutPrefix(format, "\n")
	if gap {
		io.WriteString(t.Writer, "\n")
	}
	io.WriteString(t.Writer, t.Style.bounded(t.Style.line(textfmt.Sprintf(format, args...)))+"\n")
}

// maxLine is the largest number of bytes of a printed line. JSON has the whole value.
const maxLine = 4096

// bounded returns a text whose end is left out if it is too long.
func (s Style) bounded(text string) string {
	if len(text) <= maxLine {
		return text
	}
	return strings.ToValidUTF8(text[:maxLine], "") + s.Reset + textfmt.Sprintf("… (%d bytes more)", len(text)-maxLine)
}

// timeline writes each request and response of a call, then the verdict and the
// reason for it.
func (t *text) timeline(r *browser.Result) {
	t.exchanges(r)
	t.line("    = %s", t.finalVerdict(r))
	t.reason(r)
}

// reason writes why a call has its outcome.
func (t *text) reason(r *browser.Result) {
	for _, line := range explain.Why(r) {
		t.line("      %s", line)
	}
	for _, line := range explain.Silent(r) {
		t.line("      %s", line)
	}
	for _, line := range explain.NotFollowed(r) {
		t.line("      not followed: %s", line)
	}
	if hidden := HiddenHeaders(r); len(hidden) > 0 {
		t.line("      hidden from script: %s", strings.Join(hidden, ", "))
	}
}

// finalVerdict returns the verdict. It leaves out the reason if the last exchange
// has already shown it.
func (t *text) finalVerdict(r *browser.Result) string {
	if n := len(r.Trace.Exchanges); n > 0 && r.Failure != nil && r.Trace.Exchanges[n-1].Failure == r.Failure {
		return t.outcome(r.Outcome)
	}
	return t.Verdict(r)
}

// exchanges writes what the request is to CORS, and each request with its
// response.
func (t *text) exchanges(r *browser.Result) {
	if r.Outcome != browser.Threw && r.Request != nil && r.Earlier() == nil {
		t.line("    %s", explain.Classification(r.Trace.Classification))
	}
	if loads := r.Loads(); loads != nil {
		t.loads(loads)
		return
	}
	for i := range r.Trace.Exchanges {
		t.exchange(&r.Trace.Exchanges[i])
	}
	if used, ok := explain.UsedAgain(r); ok {
		t.line("    nothing was sent: %s", used)
	} else if len(r.Trace.Exchanges) == 0 {
		t.line("    nothing was sent")
	}
}

// loads writes the exchanges of a resource and of what it imports.
func (t *text) loads(results []*browser.Result) {
	inFrame := results[0].Frame() != nil
	for i, r := range results {
		if text, ok := explain.ImportedBy(r); ok {
			t.line("    %s", text)
		} else if inFrame && i > 0 {
			t.line("    the document in the frame makes a call:")
		}
		for i := range r.Trace.Exchanges {
			t.exchange(&r.Trace.Exchanges[i])
		}
		if used, ok := explain.UsedAgain(r); ok {
			t.line("    nothing was sent: %s", used)
		} else if len(r.Trace.Exchanges) == 0 {
			t.line("    nothing was sent")
		}
		if inFrame && r.Failure != nil {
			t.line("    = %s", t.finalVerdict(r))
			t.reason(r)
		}
	}
}

// WriteExchange writes one request and its response, for people: the headers that CORS
// depends on, without bodies.
func WriteExchange(w io.Writer, style Style, x *browser.Exchange) {
	short := *x
	short.Request.Header, short.Request.Body = named(x.Request.Header, requestNames), ""
	if x.Response != nil {
		response := *x.Response
		response.Header, response.Body = named(x.Response.Header, responseNames), ""
		short.Response = &response
	}
	newText(w, style).exchange(&short)
}

func (t *text) exchange(x *browser.Exchange) {
	if x.Preflight.CacheHit {
		t.line("    no preflight: the preflight cache already allows %s", explain.PreflightCauses(x.Preflight.Causes))
	}
	switch {
	case x.FromCache:
		t.line("    not sent: %s %s is in the HTTP cache", x.Request.Method, x.Request.URL.WithoutFragment())
	case x.FromHSTS:
		t.line("    not sent: %s %s: the browser knows that this host wants https (HSTS), and redirects by itself", x.Request.Method, x.Request.URL.WithoutFragment())
	case x.FromServiceWorker:
		t.line("    not sent: the service worker of the page answers %s %s", x.Request.Method, x.Request.URL.WithoutFragment())
	default:
		note := ""
		if x.Kind == browser.ExchangePreflight {
			note = "  (preflight)"
		}
		t.line("    > %s %s%s", x.Request.Method, x.Request.URL.WithoutFragment(), note)
		t.headers(x.Request.Header)
		t.body(x.Request.Body, "")
	}
	t.response(x)
	if x.Failure != nil && t.checks == checksShown {
		t.line("    ! %s", t.paint(t.Bad, explain.Brief(x.Failure)))
	}
}

// response writes the response of an exchange, which may be one of the HTTP cache.
func (t *text) response(x *browser.Exchange) {
	note := ""
	switch {
	case x.Response == nil && x.FromServiceWorker:
		return
	case x.Response == nil:
		t.line("    < %s", t.missing(x.Failure))
		return
	case x.FromCache:
		note = "  (stored before)"
	case x.FromHSTS:
		note = "  (made by the browser)"
	case x.FromServiceWorker:
		note = "  (from the service worker)"
	case x.NotModified != nil:
		t.line("    < %d", x.NotModified.Status)
		t.headers(x.NotModified.Header)
		t.line("    the stored response is still good, and gets these headers:")
		note = "  (stored before)"
	}
	t.line("    < %d%s", x.Response.Status, note)
	t.headers(x.Response.Header)
	t.body(x.Response.Body, errorText(x.Response))
}

// missing returns the text for why an exchange has no response.
func (t *text) missing(f *fetch.Failure) string {
	if f == nil || f.Got == "" || f.Got == fetch.ErrNoAnswer.Error() {
		return t.noAnswer
	}
	return "no answer: " + Visible(f.Got)
}

func (t *text) headers(header fetch.HeaderList) {
	for _, h := range header {
		t.line("      %s", t.paint(t.Faint, h.Name+": "+Visible(h.Value)))
	}
}

// errorText returns the text of a response that is an error page or an HTML page; ""
// for others.
func errorText(r *fetch.WireResponse) string {
	t, ok := fetch.ExtractMIMEType(r.Header)
	if isHTML := ok && t.Essence() == "text/html"; r.Status < 400 && !isHTML {
		return ""
	}
	return explain.PageText(r)
}

// body writes a body: all of it if the text has whole bodies, otherwise the lines of
// an error text, or else its beginning.
func (t *text) body(body, errorText string) {
	if body == "" {
		return
	}
	content := errorText
	switch {
	case t.bodies == wholeBodies:
		content = strings.TrimSuffix(body, "\n")
	case content == "":
		t.line("      %s", t.paint(t.Faint, textfmt.Sprintf("(%d bytes) %s", len(body), quote(body))))
		return
	}
	t.line("      %s", t.paint(t.Faint, textfmt.Sprintf("(%d bytes)", len(body))))
	for line := range strings.SplitSeq(content, "\n") {
		t.line("      %s", t.paint(t.Faint, "| "+strings.TrimSuffix(line, "\r")))
	}
}

// list writes a heading and lines. It writes nothing if there are no lines.
func (t *text) list(heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	t.line("\n%s", heading)
	for _, line := range lines {
		t.line("  %s", line)
	}
}

// HiddenHeaders returns the names of the headers of a shared response that the
// filter hides from script.
func HiddenHeaders(r *browser.Result) []string {
	if r.Outcome != browser.Shared || r.Response == nil {
		return nil
	}
	var names fetch.HeaderList
	var out []string
	for _, h := range r.Response.Unfiltered().Header {
		if !r.Response.Header.Contains(h.Name) && !names.Contains(h.Name) {
			names.Append(h.Name, "")
			out = append(out, h.Name)
		}
	}
	return out
}
