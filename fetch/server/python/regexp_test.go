package python

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
)

// TestPatterns compares regular expressions with what Python 3.11 says.
func TestPatterns(t *testing.T) {
	in := newInterp(t.Context(), &server.Source{}, &flaskHost{})
	for _, c := range []struct {
		pattern, text        string
		match, search, whole bool
	}{
		{`https://.*\.myapp\.com`, "https://a.myapp.com.evil.com", true, true, false},
		{`^https://(?!evil)\w+\.myapp\.com$`, "https://evil.myapp.com", false, false, false},
		{`^https://(?!evil)\w+\.myapp\.com$`, "https://good.myapp.com", true, true, true},
		{`(?i)HTTPS://MYAPP\.com\Z`, "https://myapp.com", true, true, true},
		{`a{,2}b`, "aab", true, true, true},
		{`[]a]+`, "]a", true, true, true},
		{`[^]]x`, "ax", true, true, true},
		{`(?P<x>a)(?P=x)`, "aa", true, true, true},
		{`(a)\1`, "ab", false, false, false},
		{`/api/*`, "/apix", true, true, false},
		{`localhost:\d+`, "http://localhost:3000", false, true, false},
		{`(?<=//)localhost`, "http://localhost", false, true, false},
	} {
		p, err := in.compile(server.Position{}, c.pattern, false)
		assert.NilError(t, err, c.pattern)
		assert.Check(t, p.prefix.MatchString(c.text) == c.match, "match %s", c.pattern)
		assert.Check(t, p.search.MatchString(c.text) == c.search, "search %s", c.pattern)
		assert.Check(t, p.full.MatchString(c.text) == c.whole, "fullmatch %s", c.pattern)
	}
	_, err := in.compile(server.Position{}, "*.myapp.com", false)
	_, python := err.(*raised)
	assert.Assert(t, python)
}
