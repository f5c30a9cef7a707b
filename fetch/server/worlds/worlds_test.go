package worlds

import (
	"errors"
	"fmt"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// TestAnswer runs small programs in all their ways.
func TestAnswer(t *testing.T) {
	a, b := &server.UnknownError{What: "a"}, &server.UnknownError{What: "b"}
	answer := func(status int, vary string) *server.Answer {
		return &server.Answer{Status: status, Header: fetch.HeaderList{{Name: "Vary", Value: vary}, {Name: "X-A", Value: fmt.Sprint(status)}}}
	}
	for _, c := range []struct {
		name    string
		program func(c *Choices) (*server.Answer, error)
		runs    int
		want    string
	}{
		{"no condition", func(*Choices) (*server.Answer, error) { return answer(200, "A"), nil }, 1, "200 A"},
		{"the same in both ways", func(c *Choices) (*server.Answer, error) { c.Decide(true, a); return answer(200, "A"), nil }, 2, "200 A"},
		{"another status", func(c *Choices) (*server.Answer, error) {
			if c.Decide(true, a) {
				return answer(200, "A"), nil
			}
			return answer(404, "A"), nil
		}, 2, "200 A, because a is not known"},
		{"another header in the second condition", func(c *Choices) (*server.Answer, error) {
			if c.Decide(true, a) && !c.Decide(false, b) {
				return answer(200, "A"), nil
			}
			return answer(200, "B"), nil
		}, 2, "b is not known"},
		{"three ways", func(c *Choices) (*server.Answer, error) {
			if c.Decide(false, a) {
				c.Decide(true, b)
			}
			return answer(200, "A"), nil
		}, 3, "200 A"},
		{"one way does not start", func(c *Choices) (*server.Answer, error) {
			if c.Decide(true, a) {
				return nil, &server.StartError{Message: "x"}
			}
			return answer(200, "A"), nil
		}, 1, "a is not known"},
		{"too many", func(c *Choices) (*server.Answer, error) {
			for range 10 {
				c.Decide(true, a)
			}
			return answer(200, "A"), nil
		}, 50, "a is not known"},
	} {
		t.Run(c.name, func(t *testing.T) {
			runs := 0
			got, err := Answer(50, func(given []bool) (*server.Answer, []Choice, error) {
				runs++
				choices := Begin(given, nil)
				a, err := c.program(&choices)
				return a, choices.Made(), err
			})
			text := fmt.Sprint(err)
			if err == nil {
				vary, _ := got.Header.Get("Vary")
				text = fmt.Sprint(got.Status, " ", vary)
				if got.StatusUnknown != nil {
					text += ", because " + got.StatusUnknown.Error()
				}
			}
			assert.Equal(t, text, c.want)
			assert.Equal(t, runs, c.runs)
		})
	}
}

// TestMade continues after choices that were made before.
func TestMade(t *testing.T) {
	u := &server.UnknownError{What: "u"}
	c := Begin([]bool{false, true, false}, []Choice{{false, u}})
	assert.Check(t, c.Decide(false, u))
	assert.Check(t, !c.Decide(true, u))
	assert.Check(t, c.Decide(true, u))
	assert.Equal(t, len(c.Made()), 4)
	assert.Check(t, errors.Is(c.Made()[0].Err, u))
}
