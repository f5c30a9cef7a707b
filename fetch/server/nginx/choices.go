package nginx

import (
	"fmt"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// choices are the answers to the questions that the configuration leaves open, such
// as whether a file exists, in one of the possible runs of a request.
type choices struct {
	answers []choice
	asked   int       // in the current run
	broke   *upstream // the group of which a server broke the connection off
}

// choice is the answer to one question.
type choice struct {
	key     string
	yes     bool
	unknown *server.UnknownError
}

// maxRuns is how many runs of one request are tried.
const maxRuns = 64

// choose answers a question, the first time with yes, and always in the same way
// within one run.
func (r *run) choose(key string, unknown *server.UnknownError) bool {
	c := r.choices
	for i := range c.asked {
		if c.answers[i].key == key {
			return c.answers[i].yes
		}
	}
	if c.asked == len(c.answers) {
		c.answers = append(c.answers, choice{key: key, yes: true, unknown: unknown})
	}
	yes := c.answers[c.asked].yes
	c.asked++
	return yes
}

// next prepares the next run; it reports whether there is one.
func (c *choices) next() bool {
	c.answers = c.answers[:c.asked]
	c.asked = 0
	for len(c.answers) > 0 {
		last := &c.answers[len(c.answers)-1]
		if last.yes {
			last.yes = false
			return true
		}
		c.answers = c.answers[:len(c.answers)-1]
	}
	return false
}

// outcome is what one run came to.
type outcome struct {
	answer *server.Answer
	err    error
	first  *server.UnknownError // the last question that was answered with no
}

// agree returns the answer of all possible runs: when they differ only in the
// status, an answer with StatusUnknown, and when they differ in the headers of
// CORS, an error.
func agree(all []outcome) (*server.Answer, error) {
	out := all[0]
	var unknown *server.UnknownError
	for _, o := range all[1:] {
		if !same(out, o) {
			return nil, o.first
		}
		if out.err == nil && (o.answer.Status != out.answer.Status || !sameLines(out.answer, o.answer, "location") || !sameLines(out.answer, o.answer, "vary")) {
			unknown = o.first
		}
	}
	if out.err != nil {
		return nil, out.err
	}
	if unknown != nil {
		out.answer.StatusUnknown = unknown
	}
	return out.answer, nil
}

// same reports whether two runs agree in what a browser's check of CORS sees.
func same(a, b outcome) bool {
	if a.err != nil || b.err != nil {
		return fmt.Sprint(a.err) == fmt.Sprint(b.err)
	}
	return sameLines(a.answer, b.answer, "access-control-") && fmt.Sprint(vary(a.answer)) == fmt.Sprint(vary(b.answer))
}

// vary returns the values of Vary, without the one that says whether the body may be
// compressed.
func vary(a *server.Answer) []fetch.Header {
	return slices.DeleteFunc(lines(a, "vary"), func(h fetch.Header) bool { return h.Value == "Accept-Encoding" })
}

// sameLines reports whether two answers have the same headers of a prefix.
func sameLines(a, b *server.Answer, prefix string) bool {
	return fmt.Sprint(lines(a, prefix)) == fmt.Sprint(lines(b, prefix))
}
