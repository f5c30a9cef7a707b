package fetch_test

import (
	"net/http"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
)

// TestStatusText compares the texts with those of Go's own server.
func TestStatusText(t *testing.T) {
	for status := range 1000 {
		assert.Equal(t, fetch.StatusText(status), http.StatusText(status), status)
	}
}
