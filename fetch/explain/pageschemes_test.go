package explain_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/origin"
)

func TestPageSchemeOf(t *testing.T) {
	for url, want := range map[string]string{
		"capacitor://localhost":         "capacitor://localhost https://localhost",
		"chrome-extension://abc/p.html": "chrome-extension://abc ",
		"other://host:90/x":             "other://host other://host null",
		"file:///home/me/a.html":        "null file://",
		"blob:https://a.example:90/1":   "https://a.example:90",
		"blob:null/1":                   "null",
	} {
		u, err := origin.ParseURL(url)
		assert.NilError(t, err)
		p, ok := explain.PageSchemeOf(u)
		var got []string
		for _, b := range p.Browsers {
			got = append(got, b.Origin)
		}
		assert.Check(t, ok && strings.Join(got, " ") == want, "%s: %q", url, got)
		assert.Check(t, p.Scheme == u.Scheme() && len(p.Sources) > 0, url)
	}
	u, err := origin.ParseURL("https://a.example/")
	assert.NilError(t, err)
	_, ok := explain.PageSchemeOf(u)
	assert.Check(t, !ok)
}
