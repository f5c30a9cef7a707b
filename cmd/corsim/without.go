package main

import (
	"fmt"

	"github.com/corsim/corsim/fetch/browser"
)

// without leaves entries out of the profiles that have them. A user can thus try a
// change that a browser has announced.
func without(profiles []*browser.Profile, entries []string) ([]*browser.Profile, error) {
	out := append([]*browser.Profile(nil), profiles...)
	for _, entry := range entries {
		known := false
		for i, p := range out {
			if less, err := p.Without(entry); err == nil {
				out[i], known = less, true
			}
		}
		if !known {
			return nil, fmt.Errorf("--without names %s, which is not an entry of these engines; corsim engines NAME lists them", entry)
		}
	}
	return out, nil
}
