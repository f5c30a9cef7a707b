package capture

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

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
	// pageRef names the page where the file describes it.
	pageRef string
}

// ReadHAR reads a HAR file. It keeps the headers of all entries, not the bodies
// of the answers.
func ReadHAR(r io.Reader) (*HAR, error) {
	in := NewHARReader(r)
	out := new(HAR)
	for {
		e, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		out.Entries = append(out.Entries, *e)
	}
	out.Creator, out.Engine = in.creator, engineOf(in.browser)
	if out.Engine == "" {
		out.Engine = engineOf(in.creator)
	}
	out.TellsFailures = in.creator == "Playwright" || in.creator == "WebInspector"
	// The pages may come after the entries.
	for i := range out.Entries {
		out.Entries[i].Page = in.pages[out.Entries[i].pageRef]
	}
	return out, nil
}

// newHAREntry returns what counts of an entry.
func newHAREntry(e *harEntry) (*HAREntry, error) {
	if e.Request.Method == "" {
		return nil, errors.New("its request has no method")
	}
	u, err := origin.ParseURL(e.Request.URL)
	if err != nil {
		return nil, fmt.Errorf("its URL: %w", err)
	}
	out := &HAREntry{
		Request:      fetch.WireRequest{Method: e.Request.Method, URL: u, Header: fetch.HeaderList(e.Request.Headers)},
		ResourceType: e.ResourceType, Error: e.Response.Error + e.Response.FailureText, pageRef: e.PageRef,
	}
	if e.Request.PostData != nil {
		out.Request.Body = e.Request.PostData.Text
	}
	// A time that is none only leaves the browser's clock where it is.
	out.Started, _ = time.Parse(time.RFC3339Nano, e.StartedDateTime)
	if e.Response.Status > 0 {
		out.Response = &fetch.WireResponse{Status: e.Response.Status, Header: fetch.HeaderList(e.Response.Headers)}
	}
	out.Failed = out.Error != "" || out.Response == nil
	return out, nil
}

// engineOf returns the profile's name of a browser or its developer tools.
func engineOf(name string) string {
	name = fetch.ByteLowercase(name)
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
