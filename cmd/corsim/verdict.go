package main

import (
	"fmt"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
)

// isBlocked reports whether a request was blocked.
func isBlocked(r *browser.Result) bool { return r != nil && report.IsBlocked(r) }

// quote quotes a value and cuts a long one.
func quote(s string) string {
	const most = 100
	if len(s) > most {
		return fmt.Sprintf("%q…", s[:most])
	}
	return fmt.Sprintf("%q", s)
}
