package explain_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// twice loads a URL by two elements of one document and returns what each came to.
func twice(t *testing.T, p *browser.Profile, s fetch.Transport, init browser.ElementInit) (first, second *browser.Result) {
	t.Helper()
	page, err := browser.New(p).Open("https://myapp.com/")
	assert.NilError(t, err)
	first, err = page.Element(t.Context(), s, init)
	assert.NilError(t, err)
	second, err = page.Element(t.Context(), s, init)
	assert.NilError(t, err)
	return first, second
}

// TestUsedAgain shows what is said of what a document uses again.
func TestUsedAgain(t *testing.T) {
	image := answer(200)
	image.Body = "GIF89a"
	for _, c := range []struct {
		profile *browser.Profile
		tag     browser.Tag
		answer  fetch.WireResponse
		want    string
	}{
		{browser.Spec(), browser.TagImg, image, "the document has it already, in its list of available images"},
		{browser.Spec(), browser.TagModule, answer(200, acao+"*", "Content-Type: text/javascript"), "the document has it already, in its module map"},
		{browser.Spec(), browser.TagModule, answer(200), ""},
		{browser.Spec(), browser.TagStylesheet, answer(200, "Content-Type: text/css"), ""},
		{browser.Firefox(), browser.TagStylesheet, answer(200, "Content-Type: text/css"), "the document has it already, as a style sheet"},
		{browser.Firefox(), browser.TagModule, answer(200), "the document remembers that this module could not be loaded"},
	} {
		first, second := twice(t, c.profile, server{users: c.answer, "GET " + users: c.answer}, browser.ElementInit{Tag: c.tag, URL: users})
		_, ok := explain.UsedAgain(first)
		assert.Check(t, !ok)
		got, ok := explain.UsedAgain(second)
		assert.Check(t, got == c.want && ok == (c.want != ""), got)
	}
}

// What a document remembers to have failed is explained and repaired as what
// failed, but its console says nothing.
func TestFailureThatIsRemembered(t *testing.T) {
	s := server{"GET " + users: answer(200, "Content-Type: text/javascript")}
	first, second := twice(t, browser.Firefox(), s, browser.ElementInit{Tag: browser.TagModule, URL: users})
	assert.Assert(t, len(explain.Console(first)) > 0)
	assert.Equal(t, len(explain.Console(second)), 0)
	assert.Equal(t, len(explain.Issues(second)), 0)

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

// Chromium tells of media that came over https in place of http, of those that
// it has already too.
func TestChromiumTellsOfUpgradedMedia(t *testing.T) {
	const upgraded = " This request was automatically upgraded to HTTPS, For more information see https://blog.chromium.org/2019/10/no-more-mixed-messages-about-https.html"
	const page = "Mixed Content: The page at 'https://myapp.com/' was loaded over HTTPS, but requested an insecure "
	const insecure = "http://api.example.com/users"
	sound := answer(206, "Content-Type: audio/mpeg", "Content-Range: bytes 0-2/3")
	sound.Body = "ID3"
	first, second := twice(t, browser.Chromium(), server{"GET " + users: sound}, browser.ElementInit{Tag: browser.TagVideo, URL: insecure})
	shown := page + "audio file '" + insecure + "'. This content should also be served over HTTPS."
	assert.DeepEqual(t, explain.Console(first), []string{page + "element '" + insecure + "'." + upgraded, shown})
	assert.Assert(t, second.Earlier() == first)
	assert.DeepEqual(t, explain.Console(second), []string{shown})
	first, second = twice(t, browser.Chromium(), server{"GET " + users: answer(404)}, browser.ElementInit{Tag: browser.TagAudio, URL: insecure})
	assert.DeepEqual(t, explain.Console(first), explain.Console(second))
	assert.Equal(t, len(explain.Console(second)), 1)
}

// WebKit tells each time that an image was upgraded, also of one that it has, and
// leaves the fragment out that the element has.
func TestWebKitTellsOfUpgradesAgain(t *testing.T) {
	image := answer(200)
	image.Body = "GIF89a"
	first, second := twice(t, browser.WebKit(), server{"GET " + users: image}, browser.ElementInit{Tag: browser.TagImg, URL: "http://api.example.com/users#top"})
	assert.Assert(t, second.Earlier() == first)
	for _, r := range []*browser.Result{first, second} {
		assert.DeepEqual(t, explain.Console(r), []string{
			"The page at https://myapp.com/ requested insecure content from http://api.example.com/users. " +
				"This content was automatically upgraded and should be served over HTTPS.",
		})
	}
}

// Nobody can repair what a data: URL says.
func TestNoRepairOfDataURLs(t *testing.T) {
	first, _ := twice(t, browser.Spec(), server{}, browser.ElementInit{Tag: browser.TagModule, URL: "data:text/html,x"})
	assert.Equal(t, first.Failure.Reason, fetch.ReasonElementType)
	repair, err := explain.Repairs(t.Context(), first)
	assert.NilError(t, err)
	assert.Equal(t, repair.Obstacle.Code, explain.ObstacleLocalURL)
}
