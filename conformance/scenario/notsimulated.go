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

func notSimulatedError(key, what string) error {
	err := &NotSimulatedError{Key: key, What: what}
	return &server.InputError{Problem: err.Error(), Err: err}
}
