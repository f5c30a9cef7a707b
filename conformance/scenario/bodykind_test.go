package scenario

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
)

// Each kind of body makes one object of a text, and older keys say the same.
func TestBodyKinds(t *testing.T) {
	form := browser.Form{{Name: "a", Value: "1 2"}, {Name: "b", Value: "\uFFFD%zz"}}
	for keys, want := range map[string]browser.Body{
		`"body":"x"`: browser.Text("x"), `"body":"x","bodyType":"string"`: browser.Text("x"),
		`"body":"x","bodyType":"blob"`: browser.Blob{Data: "x"}, `"body":"x","type":""`: browser.Blob{Data: "x"},
		`"body":"x","bodyType":"blob","blobType":"a/b"`:   browser.Blob{Data: "x", Type: "a/b"},
		`"body":"?a=1+2&&b","bodyType":"urlsearchparams"`: browser.Params{{Name: "a", Value: "1 2"}, {Name: "b"}},
		`"body":"a=1+2&b=%ff%zz","bodyType":"formdata"`:   form,
		`"body":"x","bodyType":"arraybuffer"`:             browser.Bytes("x"),
		`"body":"x","bodyType":"stream"`:                  browser.Stream("x"),
		`"body":"x","stream":true,"duplex":"half"`:        browser.Stream("x"),
		`"body":null`: nil,
	} {
		step, err := DecodeStep(`{"fetch":{"url":"/",` + keys + `}}`)
		assert.NilError(t, err, keys)
		init, failure := fetchInit(step.(*FetchStep))
		assert.Assert(t, failure == nil, keys)
		assert.DeepEqual(t, init.Body, want)
		_, stream := want.(browser.Stream)
		assert.Equal(t, init.Duplex == "half", stream, keys)
	}
	for keys, want := range map[string]string{
		`"bodyType":"blob"`:                             "fetch: the key bodyType needs the key body",
		`"body":"x","bodyType":"formdata","type":"a/b"`: "fetch: only a Blob has a type, but bodyType is formdata",
		`"body":"x","bodyType":"text"`:                  `fetch.bodyType: unknown kind of body "text"; known: string, blob, urlsearchparams, formdata, arraybuffer, stream`,
	} {
		_, err := DecodeStep(`{"fetch":{"url":"/",` + keys + `}}`)
		assert.Error(t, err, want)
	}
}

// The part of a boundary that browsers choose at random is not shown.
func TestBoundaryIsHidden(t *testing.T) {
	boundary := browser.Firefox().FormBoundary()
	assert.Equal(t, hideBoundary("x; boundary="+boundary+" 00", boundary), "x; boundary=----geckoformboundary{…} 00")
}
