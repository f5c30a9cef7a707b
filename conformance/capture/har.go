package capture

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// HAR is what counts of a HAR file.
type HAR struct {
	// Creator is the program that wrote the file, and Engine the name of the
	// profile of the browser that was recorded; "" where it is none that is known.
	Creator, Engine string
	// TellsFailures reports whether the file says of each request that failed
	// that it did: Chromium and Playwright do. Others may show the answer alone,
	// although the browser kept it from the page.
	TellsFailures bool
	Entries       []HAREntry
}

// HAREntry is one entry of a HAR file: a request and what came back.
type HAREntry struct {
	Request fetch.WireRequest
	// Response is nil when no answer is recorded.
	Response *fetch.WireResponse
	Started  time.Time
	// Page is the URL of the page in which the request was made; "" where the
	// file does not tell.
	Page string
	// ResourceType is the browser's word for what was asked for, such as "fetch".
	ResourceType string
	// Error is the browser's own word for why the request failed; "" where it
	// did not, or where the file does not tell.
	Error string
	// Failed reports whether the file says that the request failed.
	Failed bool
}

type harHeader struct{ Name, Value string }

// harEntry is an entry as the file has it; bodies of answers are passed over.
type harEntry struct {
	StartedDateTime string `json:"startedDateTime"`
	PageRef         string `json:"pageref"`
	ResourceType    string `json:"_resourceType"`
	Request         struct {
		Method, URL string
		Headers     []harHeader
		PostData    *struct{ Text string } `json:"postData"`
	} `json:"request"`
	Response struct {
		Status      int
		Headers     []harHeader
		Error       string `json:"_error"`
		FailureText string `json:"_failureText"` // Playwright's
	} `json:"response"`
}

type harPage struct{ ID, Title string }

type harCreator struct{ Name string }

// ReadHAR reads a HAR file. It keeps the headers of all entries, not the bodies
// of the answers.
func ReadHAR(r io.Reader) (*HAR, error) {
	in := bufio.NewReader(r)
	if mark, err := in.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = in.Discard(3) // what was seen is there
	}
	p := &harReader{
		dec:   jsontext.NewDecoder(in, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)),
		pages: make(map[string]string),
	}
	if err := p.object(p.top); err != nil {
		return nil, p.wrap(err)
	}
	if !p.hasLog {
		return nil, errors.New("not a HAR file: there is no log with entries")
	}
	return p.finish()
}

type harReader struct {
	dec              *jsontext.Decoder
	har              HAR
	creator, browser string
	pages            map[string]string
	pageRefs         []string
	hasLog           bool
}

// wrap adds the place to an error that has none.
func (p *harReader) wrap(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("not a HAR file: it ends at byte %d, too early", p.dec.InputOffset())
	}
	var syntactic *jsontext.SyntacticError
	var semantic *json.SemanticError
	switch {
	case errors.As(err, &semantic):
		return fmt.Errorf("not a HAR file: what stands at %s (byte %d) has the wrong type", semantic.JSONPointer, semantic.ByteOffset)
	case errors.As(err, &syntactic):
		return fmt.Errorf("not a HAR file: %w", err)
	}
	return err
}

// object reads an object member by member.
func (p *harReader) object(member func(name string) error) error {
	if kind := p.dec.PeekKind(); kind != '{' {
		if kind == 0 {
			_, err := p.dec.ReadToken()
			return err
		}
		return fmt.Errorf("not a HAR file: an object is wanted at byte %d (%s)", p.dec.InputOffset(), p.place())
	}
	if _, err := p.dec.ReadToken(); err != nil {
		return err
	}
	for p.dec.PeekKind() == '"' {
		name, err := p.dec.ReadToken()
		if err != nil {
			return err
		}
		if err := member(name.String()); err != nil {
			return err
		}
	}
	_, err := p.dec.ReadToken()
	return err
}

func (p *harReader) place() string {
	if at := p.dec.StackPointer(); at != "" {
		return string(at)
	}
	return "the top"
}

func (p *harReader) top(name string) error {
	if name != "log" {
		return p.dec.SkipValue()
	}
	return p.object(p.log)
}

func (p *harReader) log(name string) error {
	switch name {
	case "creator", "browser":
		var c harCreator
		if err := json.UnmarshalDecode(p.dec, &c, json.MatchCaseInsensitiveNames(true)); err != nil {
			return err
		}
		if name == "creator" {
			p.creator = c.Name
		} else {
			p.browser = c.Name
		}
		return nil
	case "pages":
		var pages []harPage
		if err := json.UnmarshalDecode(p.dec, &pages, json.MatchCaseInsensitiveNames(true)); err != nil {
			return err
		}
		for _, page := range pages {
			p.pages[page.ID] = page.Title
		}
		return nil
	case "entries":
		p.hasLog = true
		return p.entries()
	}
	return p.dec.SkipValue()
}

// entries reads one entry after another.
func (p *harReader) entries() error {
	if kind := p.dec.PeekKind(); kind != '[' && kind != 0 {
		return fmt.Errorf("not a HAR file: an array is wanted at byte %d (%s)", p.dec.InputOffset(), p.place())
	}
	if _, err := p.dec.ReadToken(); err != nil {
		return err
	}
	for p.dec.PeekKind() != ']' {
		if p.dec.PeekKind() == 0 {
			break
		}
		var e harEntry
		if err := json.UnmarshalDecode(p.dec, &e, json.MatchCaseInsensitiveNames(true)); err != nil {
			return err
		}
		entry, err := newHAREntry(&e)
		if err != nil {
			return fmt.Errorf("entry %d: %w", len(p.har.Entries), err)
		}
		p.har.Entries = append(p.har.Entries, entry)
		p.pageRefs = append(p.pageRefs, e.PageRef)
	}
	_, err := p.dec.ReadToken()
	return err
}

func newHAREntry(e *harEntry) (HAREntry, error) {
	out := HAREntry{ResourceType: e.ResourceType, Error: e.Response.Error + e.Response.FailureText}
	if e.Request.Method == "" {
		return out, errors.New("its request has no method")
	}
	u, err := origin.ParseURL(e.Request.URL)
	if err != nil {
		return out, fmt.Errorf("its URL: %w", err)
	}
	out.Request = fetch.WireRequest{Method: e.Request.Method, URL: u, Header: harHeaders(e.Request.Headers)}
	if e.Request.PostData != nil {
		out.Request.Body = e.Request.PostData.Text
	}
	// A time that is none only leaves the browser's clock where it is.
	out.Started, _ = time.Parse(time.RFC3339Nano, e.StartedDateTime)
	if e.Response.Status > 0 {
		out.Response = &fetch.WireResponse{Status: e.Response.Status, Header: harHeaders(e.Response.Headers)}
	}
	out.Failed = out.Error != "" || out.Response == nil
	return out, nil
}

// harHeaders returns headers without the pseudo-headers of HTTP/2. Some
// browsers join the lines of one name with line breaks.
func harHeaders(list []harHeader) fetch.HeaderList {
	var out fetch.HeaderList
	for _, h := range list {
		if strings.HasPrefix(h.Name, ":") {
			continue
		}
		for line := range strings.SplitSeq(h.Value, "\n") {
			out.Append(h.Name, conformance.BytesOfText(strings.TrimSpace(line)))
		}
	}
	return out
}

// finish fills in what stands elsewhere in the file.
func (p *harReader) finish() (*HAR, error) {
	p.har.Creator = p.creator
	p.har.Engine = engineOf(p.browser)
	if p.har.Engine == "" {
		p.har.Engine = engineOf(p.creator)
	}
	p.har.TellsFailures = p.creator == "Playwright" || p.creator == "WebInspector"
	for i := range p.har.Entries {
		// Developer tools give the page's URL as its title, others the title.
		if u, err := origin.ParseURL(p.pages[p.pageRefs[i]]); err == nil && u.IsHTTP() {
			p.har.Entries[i].Page = u.String()
		}
	}
	return &p.har, nil
}

// engineOf returns the profile's name of a browser or its developer tools.
func engineOf(name string) string {
	name = strings.ToLower(name)
	for _, c := range []struct{ part, engine string }{
		{"webkit web inspector", "webkit"}, {"webkit", "webkit"}, {"safari", "webkit"}, {"firefox", "firefox"},
		{"webinspector", "chromium"}, {"chrom", "chromium"}, {"edge", "chromium"}, {"msedge", "chromium"},
	} {
		if strings.Contains(name, c.part) {
			return c.engine
		}
	}
	return ""
}
