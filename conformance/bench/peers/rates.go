package peers

import (
	"fmt"
	"slices"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// ratePage and api are who asks and who is asked while rates are measured.
const (
	ratePage = "http://page.test/"
	api      = "http://api.test"
)

// rateCalls are the calls whose verdicts are counted: a simple one, one with a
// preflight, one that is blocked.
func rateCalls() []call {
	body := `{"name":"a"}`
	return []call{
		{URL: api + "/users", Method: "GET", Headers: [][2]string{}, Credentials: "same-origin"},
		{
			URL: api + "/users/1", Method: "PUT", Headers: [][2]string{{"Content-Type", "application/json"}}, Body: &body,
			Credentials: "same-origin",
		},
		{URL: api + "/closed", Method: "GET", Headers: [][2]string{}, Credentials: "same-origin"},
	}
}

// rateServer answers the calls whose verdicts are counted. No answer is kept by
// anybody.
var rateServer = func() server.Script {
	allowed := fetch.Header{Name: fetch.HeaderAllowOrigin, Value: "http://page.test"}
	content := fetch.HeaderList{{Name: "Cache-Control", Value: "no-store"}, {Name: "Content-Type", Value: "application/json"}}
	const users = `{"users":[]}`
	return server.Script{
		{
			When: server.When{Method: "OPTIONS"}, Status: 204,
			Header: fetch.HeaderList{
				allowed, {Name: fetch.HeaderAllowMethods, Value: "PUT"}, {Name: fetch.HeaderAllowHeaders, Value: "content-type"},
				{Name: fetch.HeaderMaxAge, Value: "0"},
			},
		},
		{When: server.When{URL: api + "/closed"}, Status: 200, Header: content, Body: users},
		{Status: 200, Header: append(content, allowed), Body: users},
	}
}()

// A run has so many rounds of so long, of which the quickest counts, so that
// what else the machine does falls on none of the peers.
const (
	rounds      = 8
	roundLength = 200 * time.Millisecond
)

// compete measures how many verdicts a second each comes to, in turns.
func compete(all []*contender, s *localServer, c Config) error {
	s.answerWith(rateServer, ratePage)
	for _, p := range all {
		if err := p.open(ratePage); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	for run := range max(c.Runs, 1) {
		for _, p := range all {
			p.rates = append(p.rates, 0)
		}
		for range rounds {
			for _, p := range all {
				r, err := p.rate(rateCalls(), roundLength)
				if err != nil {
					return fmt.Errorf("%s: %w", p.name, err)
				}
				p.rates[run] = max(p.rates[run], r.perSecond())
			}
		}
		for _, p := range all {
			fmt.Fprintf(c.Log, "peers: run %d: %s: %.0f verdicts a second\n", run+1, p.name, p.rates[run])
		}
	}
	return nil
}

// median returns the median of some figures, and the smallest and the largest.
func median(figures []float64) (middle, smallest, largest float64) {
	sorted := slices.Sorted(slices.Values(figures))
	return sorted[len(sorted)/2], sorted[0], sorted[len(sorted)-1]
}
