package ask

import (
	"fmt"

	"github.com/corsim/corsim/fetch/server"
)

// recoverAnswer makes a panic of a model an answer that is not known. A mistake in a
// model must not end a run, nor give an answer.
func recoverAnswer(err *error) {
	if v := recover(); v != nil {
		*err = &server.UnknownError{What: fmt.Sprintf("the answer to this request, on which corsim fails (%v),", v), Help: "report it with the configuration"}
	}
}

// recoverReading makes a panic of a reader an error about the text.
func recoverReading(name string, err *error) {
	if v := recover(); v != nil {
		*err = &server.InputError{Position: server.Position{File: name}, Problem: fmt.Sprintf("corsim fails on this text (%v)", v), Help: "report it"}
	}
}
