package scenario

import (
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/textfmt"
)

// NotSimulatedError is the error of a scenario that uses a part of the form that is
// not simulated. Such a scenario is not played: its outcome would be a guess.
type NotSimulatedError struct {
	// Key is the key, the tag or the page's header.
	Key string
	// What is what the key stands for, such as "requests of workers".
	What string
}

// Error names the key and what is not simulated.
func (e *NotSimulatedError) Error() string {
	return textfmt.Sprintf("%s is part of the form, but not simulated: %s", e.Key, e.What)
}

// notSimulated holds the keys of formats 1.1 and 1.2 that are not simulated, and what
// they stand for.
var notSimulated = map[string]string{
	"as": "preloads",
}

// notSimulatedTags are the tags that are not simulated.
var notSimulatedTags = map[string]string{
	"link-preload": "preloads",
}

// refuse returns the error of a key, or a word, that is not simulated; nil if it is
// not one of the form.
func refuse(known map[string]string, key string) error {
	what, ok := known[key]
	if !ok {
		return nil
	}
	return notSimulatedError(key, what)
}

func notSimulatedError(key, what string) error {
	err := &NotSimulatedError{Key: key, What: what}
	return &server.InputError{Problem: err.Error(), Err: err}
}
