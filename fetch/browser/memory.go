package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// memory is the memory of a call that sends one request with a few headers. It
// is allocated together with the fetcher. A preflight needs one more
// allocation. Everything else is allocated when it is needed.
type memory struct {
	init     FetchInit
	result   Result
	request  fetch.Request
	urls     [1]origin.URL
	header   [3]fetch.Header
	body     fetch.Body
	exchange [1]Exchange
	wire     [8]fetch.Header
	response fetch.Response
	view     fetch.Response // the response for script
	// preflighted is not nil if a preflight is sent.
	preflighted *preflightedMemory
}

// preflightedMemory is the memory of a preflight and of the request after it.
type preflightedMemory struct {
	exchanges [2]Exchange // the preflight and the request
	wire      [8]fetch.Header
	response  fetch.Response
}

// newHeader returns an empty list with room for n headers of the next request.
func (f *fetcher) newHeader(n int) fetch.HeaderList {
	p := f.memory.preflighted
	switch sent := len(f.trace.Exchanges); {
	case sent == 0 && n <= len(f.memory.wire):
		return f.memory.wire[:0]
	case sent == 1 && p != nil && n <= len(p.wire):
		return p.wire[:0]
	}
	return make(fetch.HeaderList, 0, n)
}

// newExchange appends an exchange to the trace and returns it.
func (f *fetcher) newExchange() *Exchange {
	list := f.trace.Exchanges
	if list == nil {
		list = f.memory.exchange[:0]
		if p := f.memory.preflighted; p != nil {
			list = p.exchanges[:0]
		}
	}
	f.trace.Exchanges = append(list, Exchange{})
	return &f.trace.Exchanges[len(list)]
}

// newResponse returns the response to the last request.
func (f *fetcher) newResponse() *fetch.Response {
	p := f.memory.preflighted
	switch sent := len(f.trace.Exchanges); {
	case sent == 1:
		return &f.memory.response
	case sent == 2 && p != nil:
		return &p.response
	}
	return new(fetch.Response)
}
