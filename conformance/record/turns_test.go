package record

import (
	"testing"

	"github.com/dop251/goja"
	"gotest.tools/v3/assert"
)

// turnWindow is a window in which each document's request fails once.
const turnWindow = `
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
	assert.Equal(t, got.String(), "/__corsim/result?0 /__corsim/result?0 /__corsim/result?1")
}
