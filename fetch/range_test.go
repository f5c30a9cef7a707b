package fetch_test

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
)

var rangeTests = []struct {
	name    string
	value   string
	strict  string // serialised; "" is failure
	lenient string
}{
	{name: "both-ends", value: "bytes=0-499", strict: "bytes=0-499", lenient: "bytes=0-499"},
	{name: "open", value: "bytes=9500-", strict: "bytes=9500-", lenient: "bytes=9500-"},
	{name: "suffix", value: "bytes=-500", strict: "bytes=-500", lenient: "bytes=-500"},
	{name: "one-byte", value: "bytes=7-7", strict: "bytes=7-7", lenient: "bytes=7-7"},
	{name: "end-before-start", value: "bytes=200-100"},
	{name: "end-before-start-with-zeros", value: "bytes=9-08"},
	{name: "leading-zeros", value: "bytes=0009-010", strict: "bytes=9-10", lenient: "bytes=9-10"},
	{name: "zeros", value: "bytes=000-00", strict: "bytes=0-0", lenient: "bytes=0-0"},
	{name: "more-than-64-bits", value: "bytes=18446744073709551616-18446744073709551617",
		strict: "bytes=18446744073709551616-18446744073709551617", lenient: "bytes=18446744073709551616-18446744073709551617"},
	{name: "more-than-64-bits-backwards", value: "bytes=18446744073709551617-18446744073709551616"},
	{name: "no-end-and-no-start", value: "bytes=-"},
	{name: "no-hyphen", value: "bytes=0"},
	{name: "nothing", value: ""},
	{name: "unit-alone", value: "bytes"},
	{name: "no-range", value: "bytes="},
	{name: "no-equals-sign", value: "bytes 0-"},
	{name: "other-unit", value: "items=0-1"},
	{name: "unit-in-upper-case", value: "Bytes=0-1"},
	{name: "two-ranges", value: "bytes=0-1,3-4"},
	{name: "trailing-comma", value: "bytes=0-1,"},
	{name: "sign", value: "bytes=+0-1"},
	{name: "negative", value: "bytes=--1"},
	{name: "three-numbers", value: "bytes=0-1-2"},
	{name: "hexadecimal", value: "bytes=0x0-1"},
	{name: "other-digits", value: "bytes=\u0660-"},
	{name: "leading-space", value: " bytes=0-1"},
	{name: "trailing-space", value: "bytes=0-1 "},
	{name: "space-before-equals-sign", value: "bytes =0-1", lenient: "bytes=0-1"},
	{name: "space-behind-equals-sign", value: "bytes= 0-1", lenient: "bytes=0-1"},
	{name: "space-before-hyphen", value: "bytes=0 -1", lenient: "bytes=0-1"},
	{name: "space-behind-hyphen", value: "bytes=0- 1", lenient: "bytes=0-1"},
	{name: "tabs-everywhere", value: "bytes\t=\t0\t-\t1", lenient: "bytes=0-1"},
	{name: "space-for-the-end", value: "bytes=0- ", lenient: "bytes=0-"},
	{name: "only-spaces", value: "bytes= - "},
	{name: "space-in-a-number", value: "bytes=0 0-1"},
	{name: "line-feed", value: "bytes\n=0-1"},
}

func TestParseSingleRange(t *testing.T) {
	for _, test := range rangeTests {
		t.Run(test.name, func(t *testing.T) {
			r, ok := fetch.ParseSingleRange(test.value)
			assert.Check(t, is.Equal(ok, test.strict != ""))
			assert.Check(t, is.Equal(r.String(), test.strict))
			r, ok = fetch.ParseSingleRangeLenient(test.value)
			assert.Check(t, is.Equal(ok, test.lenient != ""))
			assert.Check(t, is.Equal(r.String(), test.lenient))
		})
	}
}

func TestByteRangeEnds(t *testing.T) {
	suffix, _ := fetch.ParseSingleRange("bytes=-0")
	start, hasStart := suffix.Start()
	end, hasEnd := suffix.End()
	assert.Check(t, !hasStart && start == "")
	assert.Check(t, hasEnd && end == "0")
	open, _ := fetch.ParseSingleRange("bytes=0-")
	start, hasStart = open.Start()
	end, hasEnd = open.End()
	assert.Check(t, hasStart && start == "0")
	assert.Check(t, !hasEnd && end == "")
}
