package fetch_test

import (
	"net/http"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
)

// A server in Go sends the same.
func TestStatusText(t *testing.T) {
	for status := range 1000 {
		assert.Equal(t, fetch.StatusText(status), http.StatusText(status), status)
	}
}
