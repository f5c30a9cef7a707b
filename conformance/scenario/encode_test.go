package scenario_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/scenario"
)

// Rules that are encoded decode to the same rules.
func TestAppendServer(t *testing.T) {
	const rules = `[{"when":{},"status":200,"headers":[]},` +
		`{"when":{"method":"GET"},"status":204,"headers":[["A","é"],["A",""]],"times":2},` +
		`{"when":{"method":"PUT","url":"https://a.test/","headers":{"Origin":"https://b.test","X":null}},"status":500,"headers":[],"body":"\"\u00ff"}]`
	decode := func(server string) *scenario.Scenario {
		s, err := scenario.Decode(`{"name":"a","page":"https://a.test/","server":` + server + `,"steps":[]}`)
		assert.NilError(t, err)
		return s
	}
	first := decode(rules)
	encoded := string(scenario.AppendServer(nil, first.Server))
	assert.DeepEqual(t, decode(encoded).Server, first.Server)
	assert.Equal(t, string(scenario.AppendServer(nil, decode(encoded).Server)), encoded)
}
