package nodejs

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
)

// Each model of middleware has the packages that the table names, and no others.
func TestMiddlewareModels(t *testing.T) {
	m := newMachine(newProgram(&server.Source{Name: "app.js"}), nil)
	for _, model := range middlewareModels {
		names := make(map[string]bool)
		for _, name := range m.runModel(model.program).Keys() {
			names[name] = true
		}
		assert.DeepEqual(t, names, model.names)
	}
}
