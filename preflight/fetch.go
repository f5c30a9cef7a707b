package preflight

import (
	"time"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
)

// Network carries a preflight to its server and back, as HTTP-network-or-cache
// fetch does. What it returns may be a network error.
type Network func(preflight *fetch.Request) *fetch.Response

// Room is the memory of one CORS-preflight fetch. The zero value is ready for
// use, once.
type Room struct {
	request fetch.Request
	judger  Judger
	header  [3]fetch.Header
	values  [12]string // of the answer's lists: methods, header names and the max-age
}

// Fetch is [Room.Fetch] with memory of its own.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
func Fetch(req *fetch.Request, causes []fetch.Cause, key cache.Key, network Network, c *cache.Cache, now time.Time, rules Rules) *fetch.Failure {
	return new(Room).Fetch(req, causes, key, network, c, now, &rules)
}

// Fetch runs a CORS-preflight fetch for a request: it sends the preflight,
// judges its answer and stores what it grants. It returns nil on success. The
// time now is asked for when the answer is there. The causes are those for which
// the request needs a preflight. Without a cache nothing is stored.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
func (m *Room) Fetch(req *fetch.Request, causes []fetch.Cause, key cache.Key, network Network, c *cache.Cache, now time.Time, rules *Rules) *fetch.Failure {
	// Steps 1 to 6: send it.
	resp := network(m.newRequest(rules.origins(req), causes))
	// Step 8: no answer allows nothing.
	if resp.IsNetworkError() {
		f := *resp.Failure
		f.Preflight = true
		return &f
	}
	// Steps 7.1 to 7.10: judge it.
	m.judger.methods, m.judger.headerNames, m.judger.age = m.values[:0:5], m.values[5:5:11], m.values[11:11]
	grant, f := m.judger.Judge(req, causes, resp, rules)
	// Steps 7.11 to 7.15: keep what it grants.
	if m.judger.answer.keep && c != nil {
		grant.Key = key
		c.Store(grant, now)
	}
	return f
}
