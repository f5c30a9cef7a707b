package httpcache

import (
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
)

func TestParseDate(t *testing.T) {
	want := time.Date(1994, time.November, 6, 8, 49, 37, 0, time.UTC)
	for _, text := range []string{
		"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun Nov 06 08:49:37 1994", "SUN, 06 NOV 1994 08:49:37 GMT",
	} {
		got, ok := parseDate(text)
		assert.Assert(t, ok, text)
		assert.Equal(t, got, want, text)
	}
	got, ok := parseDate("Thursday, 01-Jan-68 00:00:00 GMT")
	assert.Assert(t, ok && got.Year() == 2068, "%s", got)
	for _, text := range strings.Split("|0|-1|Sun, 06 Nov 1994 08:49:37|Sun, 6 Nov 1994 08:49:37 GMT|Sun, 06 Nov 1994 08:49:37 CET|Sun, 31 Feb 1994 08:49:37 GMT"+
		"|Sun, 00 Nov 1994 08:49:37 GMT|Sun, 06 ovd 1994 08:49:37 GMT|Sun, 06 Nov 1994 24:00:00 GMT|Sun, 06 Nov 1994 08:60:37 GMT|Sun, 06 Nov +994 08:49:37 GMT"+
		"|Sun, 06-Nov-94 08:49:37 GMT|Someday, 06-Nov-94 08:49:37 GMT|1994-11-06T08:49:37Z", "|") {
		_, ok := parseDate(text)
		assert.Assert(t, !ok, text)
	}
}
