package origin

import (
	"testing"

	"gotest.tools/v3/assert"
)

func TestTooLong(t *testing.T) {
	assert.Assert(t, !tooLong(maxLength))
	assert.Assert(t, tooLong(maxLength+1))
}

// TestParseWithSpaces parses URLs with spaces in their hosts, which the standard does not have.
func TestParseWithSpaces(t *testing.T) {
	base := MustParseURL("https://myapp.test/a")
	for ref, want := range map[string]string{
		"https://a b.test/": "https://a%20b.test/", "http://a%20b.test:8080/x": "http://a%20b.test:8080/x", "//A  b/": "https://a%20%20b/",
		"https://user@a b/": "https://user@a%20b/", "https://api.test/a b": "https://api.test/a%20b", "b": "https://myapp.test/b",
	} {
		u, err := base.ParseWithSpaces(ref)
		assert.NilError(t, err)
		assert.Equal(t, u.String(), want)
	}
	for _, ref := range []string{"https://a b<c/", "https://a b:x/", "https:///", "x://a b/"} {
		_, err := base.ParseWithSpaces(ref)
		assert.Assert(t, err != nil, ref)
		_, err = base.Parse(ref)
		assert.Assert(t, err != nil, ref)
	}
	u, err := base.ParseWithSpaces("https://a b.test:8080/")
	assert.NilError(t, err)
	assert.Equal(t, u.Host(), "a%20b.test")
}
