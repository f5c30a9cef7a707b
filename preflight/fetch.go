package preflight

import (
	"time"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
)

// Network carries a preflight to its server and back, as HTTP-network-or-cache
// fetch does. What it returns may be a network error.
type Network func(preflight *fetch.Request) *fetch.Response

// exchange is what a CORS-preflight fetch takes, in one allocation.
type exchange struct {
	request fetch.Request
	header  [3]fetch.Header
	answer  Answer
}

// Fetch runs a CORS-preflight fetch for a request: it sends the preflight,
// judges its answer and stores what it grants. It returns nil on success. The
// time now is asked for when the answer is there. The causes are those for which
// the request needs a preflight. Without a cache nothing is stored.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
func Fetch(req *fetch.Request, causes []fetch.Cause, key cache.Key, network Network, c *cache.Cache, now time.Time, rules *Rules) *fetch.Failure {
	// Steps 1 to 6: send it.
	x := new(exchange)
	x.request.Header = x.header[:0]
	fill(&x.request, rules.origins(req), causes)
	resp := network(&x.request)
	// Step 8: no answer allows nothing.
	if resp.IsNetworkError() {
		f := *resp.Failure
		f.Preflight = true
		return &f
	}
	// Steps 7.1 to 7.10: judge it.
	grant, f := x.answer.Judge(req, causes, resp, rules)
	// Steps 7.11 to 7.15: keep what it grants.
	if x.answer.kept && c != nil {
		grant.Key = key
		c.Store(grant, now)
	}
	return f
}
