package explain_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/explain/console"
)

// loadTwice loads a URL with two elements of one document and returns both
// results.
func loadTwice(t *testing.T, p *browser.Profile, s fetch.Transport, init browser.ElementInit) (first, second *browser.Result) {
	t.Helper()
	page, err := browser.New(p).Open("https://myapp.com/", browser.WithTransport(s))
	assert.NilError(t, err)
	first, err = page.Element(t.Context(), init)
	assert.NilError(t, err)
	second, err = page.Element(t.Context(), init)
	assert.NilError(t, err)
	return first, second
}

// TestUsedAgain checks the text about a resource that a document uses again.
func TestUsedAgain(t *testing.T) {
	image := answer(200)
	image.Body = "GIF89a"
	for _, c := range []struct {
		profile *browser.Profile
		tag     browser.Tag
		answer  fetch.WireResponse
		want    string
	}{
		{browser.Spec(), browser.TagImg, image, "the document has loaded it already: it is in its list of available images"},
		{browser.Spec(), browser.TagModule, answer(200, acao+"*", "Content-Type: text/javascript"), "the document has loaded it already: it is in its module map"},
		{browser.Spec(), browser.TagModule, answer(200), ""},
		{browser.Spec(), browser.TagStylesheet, answer(200, "Content-Type: text/css"), ""},
		{browser.Firefox(), browser.TagStylesheet, answer(200, "Content-Type: text/css"), "the document has loaded it already: it is one of its style sheets"},
		{browser.Firefox(), browser.TagModule, answer(200), "the document remembers that this module could not be loaded"},
	} {
		first, second := loadTwice(t, c.profile, server{users: c.answer, "GET " + users: c.answer}, browser.ElementInit{Tag: c.tag, URL: users})
		_, ok := explain.UsedAgain(first)
		assert.Check(t, !ok)
		got, ok := explain.UsedAgain(second)
		assert.Check(t, got == c.want && ok == (c.want != ""), got)
	}
}

// TestFailureThatIsRemembered checks that a failure which the document
// remembers is explained and repaired like the first one, and that its console
// prints nothing.
func TestFailureThatIsRemembered(t *testing.T) {
	s := server{"GET " + users: answer(200, "Content-Type: text/javascript")}
	first, second := loadTwice(t, browser.Firefox(), s, browser.ElementInit{Tag: browser.TagModule, URL: users})
	assert.Assert(t, len(console.Print(first)) > 0)
	assert.Equal(t, len(console.Print(second)), 0)
	assert.Equal(t, len(console.Issues(second)), 0)

	want, ok := explain.Explain(first)
	assert.Assert(t, ok)
	got, ok := explain.Explain(second)
	assert.Assert(t, ok)
	assert.Equal(t, got.Sentence, want.Sentence)
	assert.Equal(t, got.Reached, explain.ReachedNot)

	wanted, err := explain.Repairs(t.Context(), first)
	assert.NilError(t, err)
	repair, err := explain.Repairs(t.Context(), second)
	assert.NilError(t, err)
	assert.DeepEqual(t, repair, wanted)
	assert.Assert(t, repair.IsPossible())
	assert.Assert(t, len(repair.Changes) > 0)
}

// TestNoRepairOfDataURLs checks that no change to a server repairs a data: URL.
func TestNoRepairOfDataURLs(t *testing.T) {
	first, _ := loadTwice(t, browser.Spec(), server{}, browser.ElementInit{Tag: browser.TagModule, URL: "data:text/html,x"})
	assert.Equal(t, first.Failure.Reason, fetch.ReasonElementType)
	repair, err := explain.Repairs(t.Context(), first)
	assert.NilError(t, err)
	assert.Equal(t, repair.Obstacle.Code, explain.ObstacleLocalURL)
}
