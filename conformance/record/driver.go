package record

import (
	"context"
	_ "embed" // the runner
	"encoding/json"
)

// runner is a JavaScript function from a step to a promise of its result.
//
//go:embed runner.js
var runner string

// driver starts and steers one kind of browser. Its methods are called by one goroutine.
type driver interface {
	// start starts the browser and returns its name and version, as observations have them.
	start(ctx context.Context) (engine string, err error)
	// reset forgets everything that documents before stored, and prepares a tab for a story. Everything may stay when keep
	// is true: the scenarios before and after it share no URL, store no cookies and log in nowhere.
	reset(ctx context.Context, s *Story, keep bool) error
	// open opens a document in the tab and waits until it has loaded.
	open(ctx context.Context, url string) error
	// run calls the runner in the document.
	run(ctx context.Context, step json.RawMessage) (json.RawMessage, error)
	// said returns what the browser said since it was asked last.
	said(ctx context.Context) (messages, error)
	// stop ends the browser.
	stop()
}

// messages are what a browser says about a step.
type messages struct {
	console []string
	issues  []string
	audits  []string // sorted
}
