package capture

import (
	"io"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

// HARExchange is an entry of a HAR file as an exchange that can be judged without
// the other entries.
type HARExchange struct {
	Entry int // its number, from 0
	Kind  HARKind
	// Recording is the exchange to judge. It is nil if CORS does not apply to the
	// entry, or if the entry does not say enough.
	Recording *scenario.Recording
	// For is set for a preflight that is judged together with the request that it
	// asks for: it is the number of that request's entry. Otherwise it is -1.
	For int
}

// HARExchanges reads the entries of a HAR file as exchanges. Its memory does not
// depend on the length of the file.
type HARExchanges struct {
	in    *HARReader
	pairs pairer
	ended error // why no more entries are read
}

// NewHARExchanges returns a reader of r.
func NewHARExchanges(r io.Reader) *HARExchanges { return &HARExchanges{in: NewHARReader(r)} }

// Read returns the next exchange, and [io.EOF] after the last. After an error for
// which [server.IsSkippable] is true, the next call reads the next exchange. After
// any other error, all calls return that error.
func (x *HARExchanges) Read() (*HARExchange, error) {
	for x.ended == nil {
		entry, err := x.in.Read()
		if err != nil && !server.IsSkippable(err) {
			x.ended = err
			break
		}
		x.pairs.add(entry, err)
		if e, ok := x.pairs.settled(); ok {
			return e.exchange(x.pairs.first - 1)
		}
	}
	if e, ok := x.pairs.rest(); ok {
		return e.exchange(x.pairs.first - 1)
	}
	return nil, x.ended
}

// exchange returns the exchange of an entry whose pair is final.
func (e *paired) exchange(number int) (*HARExchange, error) {
	if e.err != nil {
		return nil, e.err
	}
	if e.entry.Request.IsPreflight() && e.counterpart >= 0 {
		return &HARExchange{Entry: number, Kind: HARPreflight, For: e.counterpart}, nil
	}
	out := e.entry.exchange(e.preflight)
	out.Entry = number
	return out, nil
}

// Exchange returns an entry as an exchange, without the rest of its file.
func (e *HAREntry) Exchange() *HARExchange { return e.exchange(nil) }

// exchange returns an entry with its preflight as an exchange. preflight is nil if
// there is none.
func (e *HAREntry) exchange(preflight *HAREntry) *HARExchange {
	page := e.pageOf("")
	out := &HARExchange{Kind: e.kind(page), For: -1}
	switch out.Kind {
	case HARCors, HARNoCORS, HARSameOrigin:
		out.Recording = e.recording(page, preflight)
		if out.Kind == HARNoCORS {
			out.Recording.Mode = browser.InitModeNoCORS
		}
	case HARPreflight:
		if e.Request.IsPreflight() && e.Response != nil && page != "" && !isForeign(page) {
			c := callOfPreflight(&e.Request)
			out.Recording = c.recording(page)
			out.Recording.Preflight = *e.Response
		}
	}
	return out
}

func (e *HAREntry) recording(page string, preflight *HAREntry) *scenario.Recording {
	var asked *fetch.WireRequest
	if preflight != nil {
		asked = &preflight.Request
	}
	c := e.call(asked)
	if _, ok := e.element(); ok {
		c.Init.Header = nil // script sets no headers for an element
	}
	out := c.recording(page)
	if preflight != nil && preflight.Response != nil {
		out.Preflight = *preflight.Response
	}
	if e.Response != nil {
		out.Response = *e.Response
	}
	return out
}

// recording returns the call of a page as a recording without responses.
func (c *Call) recording(page string) *scenario.Recording {
	return &scenario.Recording{
		Page: page, URL: c.Init.URL, Method: c.Init.Method, Header: c.Init.Header, Mode: c.Init.Mode, Credentials: c.Init.Credentials,
	}
}
