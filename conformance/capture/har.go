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

// HAR is the part of a HAR file that CORS depends on.
type HAR struct {
	// Creator is the program that wrote the file. Engine is the name of the
	// profile of the recorded browser, "" if the browser is unknown.
	Creator, Engine string
	// TellsFailures reports whether the file marks each request that failed.
	// Chromium and Playwright mark them. Other programs may write only the
	// response, although the browser did not give it to the page.
	TellsFailures bool
	Entries       []HAREntry
}

// HAREntry is one entry of a HAR file: a request and its response.
type HAREntry struct {
	Request fetch.WireRequest
	// Response is nil if no response is recorded.
	Response *fetch.WireResponse
	Started  time.Time
	// Page is the URL of the page in which the request was made; "" if the file
	// does not say it.
	Page string
	// ResourceType is the browser's word for the kind of resource, such as "fetch".
	ResourceType string
	// Error is the browser's own text for why the request failed; "" if it did not
	// fail, or if the file does not say why.
	Error string
	// Failed reports whether the file says that the request failed.
	Failed bool
	// Address is the IP address of the server; the zero value if the file does not say it.
	Address origin.Address
	// pageRef is the page's ID in the file.
	pageRef string
	// toldCredentials reports whether the browser's console says that the request's
	// credentials mode is "include".
	toldCredentials bool
}

// ReadHAR reads a HAR file. It keeps the headers of all entries, but not the
// bodies of the responses.
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

// newHAREntry returns the part of an entry that CORS depends on.
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
	// If the time is not valid, it stays zero, and the browser's clock does not move.
	out.Started, _ = time.Parse(time.RFC3339Nano, e.StartedDateTime)
	if e.Response.Status > 0 {
		out.Response = &fetch.WireResponse{Status: e.Response.Status, Header: fetch.HeaderList(e.Response.Headers)}
	}
	out.Failed = out.Error != "" || out.Response == nil
	out.Address, _ = origin.ParseAddress(e.ServerIPAddress)
	return out, nil
}

// engineOf returns the name of the profile for the name of a browser or of its
// developer tools.
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
