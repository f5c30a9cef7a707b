package explain

import "github.com/corsim/corsim/fetch/browser"

// chromium is what Chromium says.
type chromium struct{}

func (chromium) console(*browser.Result) []string { return nil }

func (chromium) scriptError(*browser.Result) (text string, ok bool) { return "", false }

func (chromium) issues(*browser.Result) []string { return nil }
