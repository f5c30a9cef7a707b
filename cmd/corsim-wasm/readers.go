//go:build wasip1 && readers

package main

import "github.com/corsim/corsim/cmd/internal/paste"

// read answers the question "read", with the readers of package paste.
var read = paste.ReadJSON
