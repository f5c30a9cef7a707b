package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
	"github.com/corsim/corsim/preflight"
)

// room is what a call takes, in one piece of memory together with a simpleRoom
// or a preflightRoom: a call with one URL and a few headers takes no other. All
// others take what they need besides.
type room struct {
	fetcher   fetcher
	init      FetchInit // of fetch()
	result    Result
	request   fetch.Request
	urls      [1]origin.URL
	header    [2]fetch.Header
	seen      [2]fetch.Header // of the response by script
	responses [2]fetch.Response
	// At least one of these is there.
	simple    *simpleRoom
	preflight *preflightRoom

	// What is taken so far.
	responsesTaken uint8
	wireTaken      bool  // of simple
	wiresTaken     uint8 // of preflight
	fetchTaken     bool  // of preflight
	causesTaken    bool  // of preflight
}

// simpleRoom is what a call without a preflight takes besides.
type simpleRoom struct {
	exchange [1]Exchange
	wire     [6]fetch.Header
}

// preflightRoom is what a call with a preflight takes besides.
type preflightRoom struct {
	fetch     preflight.Room
	exchanges [2]Exchange
	wires     [2][8]fetch.Header
	body      fetch.Body
	causes    [3]fetch.Cause
}

// The pieces that are asked for.
type (
	simplePiece struct {
		room
		simpleRoom
	}
	preflightPiece struct {
		room
		preflightRoom
	}
)

// newRoom returns room for a call with a method; only a guess at whether there
// will be a preflight depends on it.
func newRoom(method string) *room {
	switch method {
	case "", "GET", "HEAD", "POST":
		m := new(simplePiece)
		m.simple = &m.simpleRoom
		return &m.room
	}
	m := new(preflightPiece)
	m.preflight = &m.preflightRoom
	return &m.room
}

// forPreflight makes sure of room for a preflight, and returns the part for its
// own algorithm.
func (m *room) forPreflight() *preflight.Room {
	if m.fetchTaken {
		return new(preflight.Room)
	}
	if m.preflight == nil {
		m.preflight = new(preflightRoom)
	}
	m.fetchTaken = true
	return &m.preflight.fetch
}

// newBody returns room for the request's body.
func (m *room) newBody() *fetch.Body {
	if m.preflight != nil {
		return &m.preflight.body
	}
	return new(fetch.Body)
}

// causes returns an empty list of causes, with room for some where a preflight
// is likely.
func (m *room) causes() []fetch.Cause {
	if m.preflight == nil || m.causesTaken {
		return nil
	}
	m.causesTaken = true
	return m.preflight.causes[:0]
}

// headerList returns an empty list with room for n headers.
func (m *room) headerList(n int) fetch.HeaderList {
	s, p := m.simple, m.preflight
	switch {
	case s != nil && !m.wireTaken && n <= len(s.wire):
		m.wireTaken = true
		return s.wire[:0]
	case p != nil && int(m.wiresTaken) < len(p.wires) && n <= len(p.wires[0]):
		m.wiresTaken++
		return p.wires[m.wiresTaken-1][:0]
	}
	return make(fetch.HeaderList, 0, n)
}

// response returns room for a response.
func (m *room) response() *fetch.Response {
	if int(m.responsesTaken) < len(m.responses) {
		m.responsesTaken++
		return &m.responses[m.responsesTaken-1]
	}
	return new(fetch.Response)
}

// leave gives back the responses but for the first n, when they are of no more
// use.
func (m *room) leave(n uint8) {
	for m.responsesTaken > n {
		m.responsesTaken--
		m.responses[m.responsesTaken] = fetch.Response{}
	}
}

// view returns room for what script sees of a response.
func (m *room) view() *fetch.Response {
	view := m.response()
	view.Header = m.seen[:0:len(m.seen)]
	return view
}

// exchanges returns a list with room for one exchange more.
func (m *room) exchanges(list []Exchange) []Exchange {
	switch {
	case list != nil:
		return list
	case m.preflight != nil:
		return m.preflight.exchanges[:0]
	}
	return m.simple.exchange[:0]
}
