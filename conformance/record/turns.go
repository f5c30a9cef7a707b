package record

import (
	"context"
	_ "embed" // the script
	"fmt"
	"strings"
	"sync"

	"github.com/corsim/corsim/conformance/wire"
	"github.com/corsim/corsim/fetch"
)

// turnScript asks the server for the scripts that the document shall run.
//
//go:embed turns.js
var turnScript string

// The paths of the requests with which a document is steered.
const (
	turnPath   = "/__corsim/turn?"
	resultPath = "/__corsim/result?"
)

// leave is the script for a document that shall ask no more.
const leave = "document.currentScript.onload = null"

// turns steers documents that ask for what they shall do.
type turns struct {
	asked   chan struct{} // a document waits for a script
	results chan string

	mu      sync.Mutex
	scripts chan string   // for the document that is open now
	ended   chan struct{} // closed when that document has gone
	last    string        // the URL of the last result, which may be sent again
	given   turn          // the last script that was given
	stale   chan struct{} // closed when the document asks again, because its last request has failed
}

// turn is a script with the URL of the request that got it.
type turn struct{ url, script string }

func newTurns() *turns {
	return &turns{
		asked: make(chan struct{}, 16), results: make(chan string, 16),
		scripts: make(chan string), ended: make(chan struct{}),
	}
}

// clear forgets the document that was open: nothing that it asked or asks for is answered.
func (t *turns) clear() {
	t.mu.Lock()
	defer t.mu.Unlock()
	close(t.ended)
	t.scripts, t.ended = make(chan string), make(chan struct{})
	for {
		select {
		case <-t.asked:
		case <-t.results:
		default:
			return
		}
	}
}

// current returns the channels of the document that is open.
func (t *turns) current() (scripts chan string, ended chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.scripts, t.ended
}

// ready waits until a document asks.
func (t *turns) ready(ctx context.Context) error {
	select {
	case <-t.asked:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// give gives a script to the document that asks.
func (t *turns) give(ctx context.Context, script string) error {
	scripts, _ := t.current()
	select {
	case scripts <- script:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// ask makes the requests stale that asked before, and returns the channel that says so of this one.
func (t *turns) ask() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.stale != nil {
		close(t.stale)
	}
	t.stale = make(chan struct{})
	return t.stale
}

// isNew reports whether the result with a URL has not arrived yet.
func (t *turns) isNew(url string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	again := url == t.last
	t.last = url
	return !again
}

// keep remembers the script that a request got.
func (t *turns) keep(url, script string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.given = turn{url, script}
}

// answerAgain returns the script for a request that is made again, because its response was lost, and for one of
// a document that has gone; ok is false for all others.
func (t *turns) answerAgain(url string, document int) (script string, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if url == t.given.url {
		return t.given.script, true
	}
	return leave, !strings.Contains(url, fmt.Sprintf("%s%d.", turnPath, document))
}

// intercept answers the requests of the documents' script; nil answers no other request. The number is that of the
// document that was opened last.
func (t *turns) intercept(ctx context.Context, r *wire.Request, document int) *fetch.WireResponse {
	header := fetch.HeaderList{{Name: "Content-Type", Value: "text/javascript; charset=utf-8"}, {Name: "Cache-Control", Value: "no-store"}}
	switch {
	case strings.Contains(r.URL, turnPath):
		if script, ok := t.answerAgain(r.URL, document); ok {
			return &fetch.WireResponse{Status: 200, Header: header, Body: script}
		}
		scripts, ended := t.current()
		stale := t.ask()
		t.asked <- struct{}{}
		select {
		case <-stale:
			return &fetch.WireResponse{Status: 204}
		case script := <-scripts:
			t.keep(r.URL, script)
			return &fetch.WireResponse{Status: 200, Header: header, Body: script}
		case <-ended:
			return &fetch.WireResponse{Status: 200, Header: header, Body: leave}
		case <-ctx.Done():
			return &fetch.WireResponse{Status: 503}
		}
	case strings.Contains(r.URL, resultPath):
		if t.isNew(r.URL) {
			t.results <- r.Body
		}
		return &fetch.WireResponse{Status: 204}
	}
	return nil
}
