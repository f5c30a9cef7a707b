package peers

import (
	"fmt"
	"slices"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// ratePage is the page and api the server while rates are measured.
const (
	ratePage = "http://page.test/"
	api      = "http://api.test"
)

// rateCalls returns the calls to measure: a simple request, a preflighted request
// and a blocked request.
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

// rateServer answers the measured calls. No cache stores its responses.
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

// A run has several short rounds. Only the quickest round counts, so that other
// work on the machine affects no peer.
const (
	rounds      = 8
	roundLength = 200 * time.Millisecond
)

// compete measures the verdicts per second of each contender, in turns.
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
			fmt.Fprintf(c.Log, "peers: run %d: %s: %.0f verdicts per second\n", run+1, p.name, p.rates[run])
		}
	}
	return nil
}

// median returns the median, the smallest and the largest of some figures.
func median(figures []float64) (middle, smallest, largest float64) {
	sorted := slices.Sorted(slices.Values(figures))
	return sorted[len(sorted)/2], sorted[0], sorted[len(sorted)-1]
}
