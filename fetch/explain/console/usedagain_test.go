package console_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain/console"
)

// Chromium tells of media that came over https instead of http, of those that
// it has already too.
func TestChromiumTellsOfUpgradedMedia(t *testing.T) {
	const upgraded = " This request was automatically upgraded to HTTPS, For more information see https://blog.chromium.org/2019/10/no-more-mixed-messages-about-https.html"
	const page = "Mixed Content: The page at 'https://myapp.com/' was loaded over HTTPS, but requested an insecure "
	const insecure = "http://api.example.com/users"
	sound := answer(206, "Content-Type: audio/mpeg", "Content-Range: bytes 0-2/3")
	sound.Body = "ID3"
	first, second := twice(t, browser.Chromium(), server{"GET " + users: sound}, browser.ElementInit{Tag: browser.TagVideo, URL: insecure})
	shown := page + "audio file '" + insecure + "'. This content should also be served over HTTPS."
	assert.DeepEqual(t, console.Print(first), []string{page + "element '" + insecure + "'." + upgraded, shown})
	assert.Assert(t, second.Earlier() == first)
	assert.DeepEqual(t, console.Print(second), []string{shown})
	first, second = twice(t, browser.Chromium(), server{"GET " + users: answer(404)}, browser.ElementInit{Tag: browser.TagAudio, URL: insecure})
	assert.DeepEqual(t, console.Print(first), console.Print(second))
	assert.Equal(t, len(console.Print(second)), 1)
}

// WebKit tells each time that an image was upgraded, also of one that it has, and
// leaves the fragment out that the element has.
func TestWebKitTellsOfUpgradesAgain(t *testing.T) {
	image := answer(200)
	image.Body = "GIF89a"
	first, second := twice(t, browser.WebKit(), server{"GET " + users: image}, browser.ElementInit{Tag: browser.TagImg, URL: "http://api.example.com/users#top"})
	assert.Assert(t, second.Earlier() == first)
	for _, r := range []*browser.Result{first, second} {
		assert.DeepEqual(t, console.Print(r), []string{
			"The page at https://myapp.com/ requested insecure content from http://api.example.com/users. " +
				"This content was automatically upgraded and should be served over HTTPS.",
		})
	}
}
