package main

import (
	"errors"
	"fmt"

	"github.com/corsim/corsim/fetch/server"
)

// printOne prints one report. It returns [errNo] when the report is bad.
func (t *terminal) printOne(flags *printFlags, r printable) error {
	out := t.newOutput()
	p, err := flags.printer(out, false)
	if err != nil {
		return err
	}
	if err := p.print(r); err != nil {
		return out.close(err)
	}
	if err := p.finish(); err != nil {
		return out.close(err)
	}
	if r.isBad() && !flags.isDrawn() {
		return out.close(errNo)
	}
	return out.close(nil)
}

// inputError adds the name of the input to an error.
func inputError(name string, err error) error {
	if name == "-" {
		name = "stdin"
	}
	if _, ok := errors.AsType[*server.InputError](err); ok {
		return server.At(server.Position{File: name}, err)
	}
	return fmt.Errorf("%s: %w", name, err)
}
