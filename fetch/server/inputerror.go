package server

import "errors"

// InputError says where an input is wrong, what is wrong, and what to do. All
// readers of inputs return it: those of scenarios, recordings, HAR files,
// pasted messages and commands.
type InputError struct {
	Position Position
	// Path is the path to the value in the line or the file, such as
	// "steps[0].fetch.method" or "entry 3, at byte 180".
	Path string
	// Problem says what is wrong.
	Problem string
	// Help says what to do; "" when the problem needs no more words.
	Help string
	// Skippable reports whether only one record of the input is wrong, so that
	// the reader can continue with the next one.
	Skippable bool
	// Err is the cause; nil when there is none.
	Err error
}

// Error returns position, problem and help in one line.
func (e *InputError) Error() string {
	text := e.Problem
	if e.Path != "" {
		text = e.Path + ": " + text
	}
	if at := e.Position.String(); at != "" {
		text = at + ": " + text
	}
	if e.Help != "" {
		text += "; " + e.Help
	}
	return text
}

// Unwrap returns the cause.
func (e *InputError) Unwrap() error { return e.Err }

// WithHelp returns the error with a text that says what to do.
func (e *InputError) WithHelp(text string) *InputError {
	out := *e
	out.Help = text
	return &out
}

// At returns an error as an [InputError] with a position. If the error is an
// [InputError] already, it keeps the parts of the position that it has.
func At(place Position, err error) *InputError {
	e, ok := errors.AsType[*InputError](err)
	if !ok {
		return &InputError{Position: place, Problem: err.Error(), Err: err}
	}
	out := *e
	if out.Position.File == "" {
		out.Position.File = place.File
	}
	if out.Position.Line == 0 {
		out.Position.Line, out.Position.Column = place.Line, place.Column
	}
	return &out
}

// IsSkippable reports whether an error is an [InputError] after which the
// reader can continue with the next record.
func IsSkippable(err error) bool {
	e, ok := errors.AsType[*InputError](err)
	return ok && e.Skippable
}
