package scenario

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// word is a word of a web API or of the format and the value it stands for.
type word[T any] struct {
	text  string
	value T
}

func lookup[T any](words []word[T], text string) (value T, ok bool) {
	for _, w := range words {
		if w.text == text {
			return w.value, true
		}
	}
	return value, false
}

var (
	credentials = []word[fetch.CredentialsMode]{
		{"same-origin", fetch.CredentialsSameOrigin}, {"include", fetch.CredentialsInclude}, {"omit", fetch.CredentialsOmit},
	}
	redirects = []word[fetch.RedirectMode]{
		{"follow", fetch.RedirectFollow}, {"error", fetch.RedirectError}, {"manual", fetch.RedirectManual},
	}
	caches = []word[fetch.CacheMode]{
		{"default", fetch.CacheDefault}, {"no-store", fetch.CacheNoStore}, {"reload", fetch.CacheReload},
		{"no-cache", fetch.CacheNoCache}, {"force-cache", fetch.CacheForceCache}, {"only-if-cached", fetch.CacheOnlyIfCached},
	}
	tags = []word[browser.Tag]{
		{"img", browser.TagImg}, {"script", browser.TagScript}, {"module", browser.TagModule},
		{"stylesheet", browser.TagStylesheet}, {"font", browser.TagFont},
		{"audio", browser.TagAudio}, {"video", browser.TagVideo},
	}
	responseTypes = []word[fetch.ResponseType]{
		{"default", fetch.ResponseDefault}, {"basic", fetch.ResponseBasic}, {"cors", fetch.ResponseCORS},
		{"error", fetch.ResponseError}, {"opaque", fetch.ResponseOpaque}, {"opaqueredirect", fetch.ResponseOpaqueRedirect},
	}
)

// parseTag returns the element that a word of the format stands for.
func parseTag(text string) (browser.Tag, error) {
	tag, ok := lookup(tags, text)
	if !ok {
		return 0, problemf("unknown tag %s", Quote(text))
	}
	return tag, nil
}

// crossOriginState returns the state of a crossorigin attribute: words in any
// case, and anonymous for every word that is not known.
// https://html.spec.whatwg.org/#cors-settings-attribute
func crossOriginState(value Optional[string]) browser.CrossOrigin {
	switch {
	case !value.OK:
		return browser.CrossOriginNone
	case fetch.EqualFold(value.Value, "use-credentials"):
		return browser.CrossOriginUseCredentials
	}
	return browser.CrossOriginAnonymous
}

// responseTypeWord returns the word for a response's type.
func responseTypeWord(t fetch.ResponseType) string {
	for _, w := range responseTypes {
		if w.value == t {
			return w.text
		}
	}
	return ""
}
