package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// choice is a flag that takes one of some values by its word. The first value is
// the default.
type choice[T fmt.Stringer] struct {
	flag   string
	values []T
}

var (
	modeFlag = choice[browser.InitMode]{"mode", []browser.InitMode{
		browser.InitModeCORS, browser.InitModeNoCORS, browser.InitModeSameOrigin,
	}}
	credentialsFlag = choice[fetch.CredentialsMode]{"credentials", []fetch.CredentialsMode{
		fetch.CredentialsSameOrigin, fetch.CredentialsInclude, fetch.CredentialsOmit,
	}}
	redirectFlag = choice[fetch.RedirectMode]{"redirect", []fetch.RedirectMode{
		fetch.RedirectFollow, fetch.RedirectError, fetch.RedirectManual,
	}}
)

// register adds the flag to a command. Its help is the list of the words, and
// what follows that list.
func (c *choice[T]) register(cmd *cobra.Command, word *string, rest string) {
	cmd.Flags().StringVar(word, c.flag, c.words()[0], c.list()+rest)
	complete(cmd, c.flag, c.words()...)
}

// parse returns the value of a word.
func (c *choice[T]) parse(word string) (T, error) {
	for _, v := range c.values {
		if v.String() == word {
			return v, nil
		}
	}
	var none T
	return none, fmt.Errorf("--%s %q is not %s", c.flag, word, c.list())
}

func (c *choice[T]) words() []string {
	words := make([]string, len(c.values))
	for i, v := range c.values {
		words[i] = v.String()
	}
	return words
}

// list returns the words as in "follow, error or manual".
func (c *choice[T]) list() string {
	words := c.words()
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
