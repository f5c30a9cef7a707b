package jsonask

import (
	"context"
	"errors"
	"sync"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server/recipe"
	"github.com/corsim/corsim/fetch/textfmt"
)

// Asker answers questions. It is safe for concurrent use.
type Asker struct {
	// NewBrowser returns a fresh browser with a profile, such as browser.New.
	NewBrowser func(*browser.Profile, ...browser.Option) *browser.Browser
	// Options are the options of the browsers whose pages stay open, such as a clock.
	Options []browser.Option
	// Read answers the question "read": it returns the JSON of what a text says. nil if
	// the program has no readers.
	Read func(ctx context.Context, text string, base *scenario.Scenario) ([]byte, error)
	// Explain explains reasons, and codes and messages of browsers, such as answer.Explain.
	// nil if the program has no readers.
	Explain func(text string, system *recipe.System) ([]answer.Explanation, error)

	mu    sync.Mutex
	last  int // the last number of a page or a call
	pages map[int]*page
	calls map[int]*call
}

// Ask returns the answer to a question. Both are JSON texts.
func (a *Asker) Ask(ctx context.Context, text string) (answer []byte) {
	defer func() {
		if v := recover(); v != nil {
			answer = appendError(nil, textfmt.Errorf("corsim fails on this question: %v", v))
		}
	}()
	q, err := decode(text)
	if err == nil {
		kind, ok := kinds[q.ask]
		if !ok {
			err = textfmt.Errorf("there is no question %q", q.ask)
		} else {
			answer, err = kind(a, ctx, q)
		}
	}
	if err != nil {
		return appendError(nil, err)
	}
	return answer
}

// kinds holds the kinds of questions by their names.
var kinds = map[string]func(*Asker, context.Context, *question) ([]byte, error){
	"run": (*Asker).run, "judge": (*Asker).judge, "explain": (*Asker).explain, "lists": (*Asker).lists,
	"open": (*Asker).open, "close": (*Asker).close,
	"repair": (*Asker).repair, "copy": (*Asker).copy,
	"read":  (*Asker).read,
	"start": (*Asker).start, "feed": (*Asker).feed, "cancel": (*Asker).cancel,
}

// number returns the next number of a page or a call. The caller holds the lock.
func (a *Asker) number() int {
	a.last++
	return a.last
}

// appendError appends an answer that says what is wrong with the question.
func appendError(out []byte, err error) []byte {
	out = append(out, `{"error":`...)
	return append(report.AppendText(out, err.Error()), '}')
}

// question is a decoded question. Parts that were not given are empty.
type question struct {
	ask, engine, text, server, fault, form string
	engines                                []string
	page, call                             int
	// These are JSON texts.
	scenario, step, response string
}

// decode decodes a question. It leaves the inner JSON texts to their own readers.
func decode(text string) (*question, error) {
	q := new(question)
	members, err := object(text)
	if err != nil {
		return nil, err
	}
	for name, value := range members {
		if err := q.set(name, value); err != nil {
			return nil, textfmt.Errorf("%s: %w", name, err)
		}
	}
	return q, nil
}

// set sets one part of the question.
func (q *question) set(name string, value string) (err error) {
	for _, part := range []struct {
		name string
		at   *string
	}{{"ask", &q.ask}, {"engine", &q.engine}, {"text", &q.text}, {"server", &q.server}, {"fault", &q.fault}, {"form", &q.form}} {
		if part.name == name {
			*part.at, err = unquote(value)
			return err
		}
	}
	switch name {
	case "engines":
		q.engines, err = texts(value)
	case "page":
		q.page, err = integer(value)
	case "call":
		q.call, err = integer(value)
	case "scenario":
		q.scenario = value
	case "step":
		q.step = value
	case "response":
		q.response = value
	default:
		err = errors.New("questions have no such member")
	}
	return err
}
