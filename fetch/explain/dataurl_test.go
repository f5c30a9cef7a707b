package explain_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/explain/console"
)

// TestDataURLs checks the explanations for elements that load data: URLs, which
// no server sends.
func TestDataURLs(t *testing.T) {
	for _, p := range browser.Profiles() {
		for _, tag := range []browser.Tag{
			browser.TagImg, browser.TagScript, browser.TagModule, browser.TagStylesheet, browser.TagFont, browser.TagAudio, browser.TagVideo,
		} {
			for _, url := range []string{"data:image/gif,x", "data:text/plain,x", "data:text/html,<p>", "data:text/javascript,1", "data:text/css,"} {
				page, err := browser.New(p).Open(myapp+"/", browser.WithTransport(server{}))
				assert.NilError(t, err)
				r, err := page.Element(t.Context(), browser.ElementInit{Tag: tag, URL: url})
				assert.NilError(t, err)
				for _, line := range console.Print(r) {
					assert.Check(t, len(console.Recognize(line)) == 1, "%s: %q", p.Name(), line)
				}
				_, _ = console.ScriptError(r)
				_ = console.Issues(r)
				_, err = explain.Repairs(t.Context(), r)
				assert.NilError(t, err)
				e, ok := explain.Explain(r)
				assert.Check(t, ok == (r.Failure != nil) && (!ok || e.Reached == explain.ReachedNot), "%s: %v of %s: %v", p.Name(), tag, url, e)
			}
		}
	}
}
