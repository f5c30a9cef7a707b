package peers

import (
	"fmt"
	"slices"
)

// score counts the tricky cases that a peer gets right.
type score struct {
	cases int
	// outcome counts the cases in which each call has the same outcome as in the
	// browsers. seen counts those in which script also sees the same response, and
	// sent those in which also the same requests reach the servers.
	outcome, seen, sent int
	// wrong counts, for each family, the cases that are not counted in sent.
	wrong map[string]int
}

// judge lets a peer play all cases.
func judge(p peer, s *localServer, cases []trickyCase) (score, error) {
	out := score{cases: len(cases), wrong: make(map[string]int)}
	for i := range cases {
		c := &cases[i]
		got, err := c.play(p, s)
		if err != nil {
			return out, fmt.Errorf("%s: %w", c.scenario.Name, err)
		}
		if !out.count(c.want, got) {
			out.wrong[c.scenario.Family()]++
		}
	}
	return out, nil
}

// count counts a case and reports whether all of it is right.
func (s *score) count(want, got []seen) bool {
	for _, level := range []struct {
		counter *int
		same    func(a, b seen) bool
	}{
		{&s.outcome, func(a, b seen) bool { return a.Outcome == b.Outcome }},
		{&s.seen, func(a, b seen) bool { return a.equal(&b.answer) }},
		{&s.sent, func(a, b seen) bool { return slices.Equal(a.asked, b.asked) }},
	} {
		if !slices.EqualFunc(want, got, level.same) {
			return false
		}
		*level.counter++
	}
	return true
}

// play makes the calls of a case, from a page of its own.
func (c *trickyCase) play(p peer, s *localServer) ([]seen, error) {
	asked := &ledger{Transport: c.scenario.Server}
	s.answerWith(asked, c.scenario.Page)
	if err := p.open(c.scenario.Page); err != nil {
		return nil, err
	}
	var out []seen
	for _, call := range c.calls {
		got, err := p.call(call)
		if err != nil {
			return nil, err
		}
		out = append(out, seen{got, asked.taken()})
	}
	return out, nil
}
