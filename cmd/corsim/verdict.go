package main

import (
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
)

// isBlocked reports whether a request was blocked.
func isBlocked(r *browser.Result) bool { return r != nil && report.IsBlocked(r) }
