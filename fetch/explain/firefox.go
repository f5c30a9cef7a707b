package explain

import "github.com/corsim/corsim/fetch/browser"

// firefox is what Firefox says.
type firefox struct{}

func (firefox) console(*browser.Result) []string { return nil }

func (firefox) scriptError(*browser.Result) (text string, ok bool) { return "", false }

func (firefox) issues(*browser.Result) []string { return nil }
