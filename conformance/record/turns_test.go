package record

import (
	"testing"

	"github.com/dop251/goja"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/wire"
)

// turnWindow is a window in which each document's request fails once.
const turnWindow = `
const corsimDocument = 3;
const asked = [], later = [];
let onload, failures = 1;
const document = { createElement: () => ({}), head: { append() {} } };
const setTimeout = (what) => later.push(what);
const fetch = (path) => {
	asked.push(path);
	return failures-- > 0 ? Promise.reject() : Promise.resolve();
};
`

// A result that is sent again has the same URL, by which the recorder knows it; the next result of the same turn has another.
func TestResultsHaveNumbers(t *testing.T) {
	vm := goja.New()
	asked, err := vm.RunString("(() => {" + turnWindow + turnScript + "; corsimDone({}); return { asked, later, corsimDone }; })()")
	assert.NilError(t, err)
	assert.NilError(t, vm.Set("page", asked))
	got, err := vm.RunString("page.later.forEach((again) => again()); page.corsimDone({}); page.asked.join(' ')")
	assert.NilError(t, err)
	assert.Equal(t, got.String(), "/__corsim/result?3.0 /__corsim/result?3.0 /__corsim/result?3.1")
}

// A request whose response was lost gets the same script again; one of a document that has gone leaves.
func TestTurnsAreGivenAgain(t *testing.T) {
	turns := newTurns()
	ask := func(url string, document int) string {
		return turns.intercept(t.Context(), &wire.Request{URL: "https://a.test" + url}, document).Body
	}
	got := make(chan string)
	go func() { got <- ask("/__corsim/turn?1.1", 1) }()
	assert.NilError(t, turns.ready(t.Context()))
	assert.NilError(t, turns.give(t.Context(), "step()"))
	assert.Equal(t, <-got, "step()")
	assert.Equal(t, ask("/__corsim/turn?1.1", 1), "step()")
	turns.clear()
	assert.Equal(t, ask("/__corsim/turn?1.1", 1), "step()")
	assert.Equal(t, ask("/__corsim/turn?1.2", 2), leave)
}
