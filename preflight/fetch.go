package preflight

import (
	"time"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
)

// Network sends a preflight and returns its response, as HTTP-network-or-cache
// fetch does. The response may be a network error.
type Network func(preflight *fetch.Request) *fetch.Response

// exchange is the memory of a CORS-preflight fetch, in one allocation.
type exchange struct {
	request fetch.Request
	header  [3]fetch.Header
	answer  Answer
}

// Fetch runs a CORS-preflight fetch for a request: it sends the preflight,
// checks the response and stores the grant in the cache. It returns nil on
// success. The causes are the reasons why the request needs a preflight.
// Without a cache it stores nothing.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
func Fetch(actual Actual, key cache.Key, network Network, c *cache.Cache, now time.Time, rules *Rules) *fetch.Failure {
	// Steps 1 to 6: send the preflight.
	x := new(exchange)
	x.request.Header = x.header[:0]
	fill(&x.request, rules.origins(actual.Request), actual.Causes)
	resp := network(&x.request)
	// Step 8: a network error allows nothing.
	if resp.IsNetworkError() {
		f := *resp.Failure
		f.Preflight = true
		return &f
	}
	// Steps 7.1 to 7.10: check the response.
	grant, f := x.answer.Judge(actual, resp, rules)
	// Steps 7.11 to 7.15: store the grant.
	if x.answer.kept && c != nil {
		grant.Key = key
		c.Store(grant, now)
	}
	return f
}
