package origin_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/origin"
)

func TestRoot(t *testing.T) {
	for _, in := range []string{
		"https://example.com/", "https://example.com/a/b?c#d", "http://u:p@example.com:8080/x?y", "https://[::1]/z",
		"file:///etc/hosts", "web+demo://host/a//b", "web+demo://host", "web+demo://host?q",
	} {
		u := origin.MustParseURL(in)
		want, err := u.Parse("/")
		assert.NilError(t, err)
		assert.Equal(t, u.Root().String(), want.String())
		assert.Check(t, u.Root() == want, "the components of %s", u.Root())
	}
	for _, in := range []string{"data:text/plain,x", "web+demo:/.//not-a-host/"} {
		u := origin.MustParseURL(in)
		assert.Check(t, u.Root() == u, in)
	}
	assert.Check(t, origin.URL{}.Root().IsZero())
}
