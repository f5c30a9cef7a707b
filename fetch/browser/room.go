package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
	"github.com/corsim/corsim/preflight"
)

// room is what most calls take, in one piece of memory: a call with one URL, a
// few headers and one exchange takes no other, and a preflight one more. All
// others take what they need besides.
type room struct {
	init      Init // of fetch()
	result    Result
	request   fetch.Request
	urls      [1]origin.URL
	header    [2]fetch.Header
	body      fetch.Body
	exchange  [1]Exchange
	wire      [6]fetch.Header
	seen      [2]fetch.Header // of the response by script
	responses [2]fetch.Response
	preflight *preflightRoom

	// What is taken so far.
	wireTaken      bool
	responsesTaken uint8
	// Of preflight.
	wiresTaken    uint8
	responseTaken bool
}

// preflightRoom is what a call with a preflight takes besides.
type preflightRoom struct {
	fetch     preflight.Room
	exchanges [2]Exchange
	wires     [2][8]fetch.Header
	response  fetch.Response
}

// forPreflight makes room for a call's first preflight, and returns the part for
// the preflight's own algorithm.
func (m *room) forPreflight() *preflight.Room {
	if m.preflight != nil {
		return new(preflight.Room)
	}
	m.preflight = new(preflightRoom)
	return &m.preflight.fetch
}

// headerList returns an empty list with room for n headers.
func (m *room) headerList(n int) fetch.HeaderList {
	p := m.preflight
	switch {
	case !m.wireTaken && n <= len(m.wire):
		m.wireTaken = true
		return m.wire[:0]
	case p != nil && int(m.wiresTaken) < len(p.wires) && n <= len(p.wires[0]):
		m.wiresTaken++
		return p.wires[m.wiresTaken-1][:0]
	}
	return make(fetch.HeaderList, 0, n)
}

// response returns room for a response.
func (m *room) response() *fetch.Response {
	p := m.preflight
	switch {
	case int(m.responsesTaken) < len(m.responses):
		m.responsesTaken++
		return &m.responses[m.responsesTaken-1]
	case p != nil && !m.responseTaken:
		m.responseTaken = true
		return &p.response
	}
	return new(fetch.Response)
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
	return m.exchange[:0]
}
