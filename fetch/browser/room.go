package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// room is what most calls take, in one piece of memory: a call with one URL, a
// few headers and one exchange takes no other, and a preflight one more. All
// others take what they need besides.
type room struct {
	result    Result
	request   fetch.Request
	urls      [1]origin.URL
	header    [2]fetch.Header
	body      fetch.Body
	exchange  [1]Exchange
	wire      [8]fetch.Header
	seen      [2]fetch.Header // of the response by script
	responses [2]fetch.Response
	preflight *preflightRoom
	taken     uint8 // of responses
	wireTaken bool
}

// preflightRoom is what a call with a preflight takes besides.
type preflightRoom struct {
	exchanges [2]Exchange
	wire      [8]fetch.Header
	response  fetch.Response
	taken     bool // the response
	wireTaken bool
}

// forPreflight makes room for a call's first preflight.
func (m *room) forPreflight() {
	if m.preflight == nil {
		m.preflight = new(preflightRoom)
	}
}

// headerList returns an empty list with room for n headers.
func (m *room) headerList(n int) fetch.HeaderList {
	p := m.preflight
	switch {
	case !m.wireTaken && n <= len(m.wire):
		m.wireTaken = true
		return m.wire[:0]
	case p != nil && !p.wireTaken && n <= len(p.wire):
		p.wireTaken = true
		return p.wire[:0]
	}
	return make(fetch.HeaderList, 0, n)
}

// response returns room for a response.
func (m *room) response() *fetch.Response {
	p := m.preflight
	switch {
	case int(m.taken) < len(m.responses):
		m.taken++
		return &m.responses[m.taken-1]
	case p != nil && !p.taken:
		p.taken = true
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
