//go:build wasip1 && !readers

package main

import (
	"context"

	"github.com/corsim/corsim/conformance/scenario"
)

// read is nil: the readers make the module more than twice as large. They are built
// with the tag readers.
var read func(context.Context, string, *scenario.Scenario) ([]byte, error)
