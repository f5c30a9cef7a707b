package explain

import "github.com/corsim/corsim/fetch/browser"

// webkit is what WebKit says.
type webkit struct{}

func (webkit) console(*browser.Result) []string { return nil }

func (webkit) scriptError(*browser.Result) (text string, ok bool) { return "", false }

func (webkit) issues(*browser.Result) []string { return nil }
