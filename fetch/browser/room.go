package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// room is what most calls take, in one piece of memory: a call with one URL, a
// few headers and one exchange takes no other. All others take what they need
// besides.
type room struct {
	result    Result
	request   fetch.Request
	urls      [1]origin.URL
	header    [2]fetch.Header
	exchange  [1]Exchange
	wire      [8]fetch.Header
	wireTaken bool
	seen      [2]fetch.Header // of the response by script
	responses [2]fetch.Response
	taken     int // of responses
}

// headerList returns an empty list with room for n headers.
func (m *room) headerList(n int) fetch.HeaderList {
	if m.wireTaken || n > len(m.wire) {
		return make(fetch.HeaderList, 0, n)
	}
	m.wireTaken = true
	return m.wire[:0]
}

// response returns room for a response.
func (m *room) response() *fetch.Response {
	if m.taken == len(m.responses) {
		return new(fetch.Response)
	}
	m.taken++
	return &m.responses[m.taken-1]
}

// view returns room for what script sees of a response.
func (m *room) view() *fetch.Response {
	view := m.response()
	view.Header = m.seen[:0:len(m.seen)]
	return view
}

// exchanges returns a list with room for one exchange more.
func (m *room) exchanges(list []Exchange, kind ExchangeKind) []Exchange {
	switch {
	case list != nil:
		return list
	case kind == ExchangeActual:
		return m.exchange[:0]
	}
	return make([]Exchange, 0, 2)
}
