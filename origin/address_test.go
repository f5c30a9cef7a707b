package origin_test

import (
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/origin"
)

func TestAddress(t *testing.T) {
	for text, want := range map[string]string{
		"127.0.0.1": "127.0.0.1", "::1": "::1", "[fd00:7::10]": "fd00:7::10", "::ffff:c0a8:70a": "::ffff:192.168.7.10",
		"::ffff:10.0.0.255": "::ffff:10.0.0.255", "1:0:0:2:3:4:5:6": "1::2:3:4:5:6", "1:0:2:3:4:5:6:7": "1:0:2:3:4:5:6:7",
		"localhost": "", "1.2.3": "", "1.2.3.4.5": "", "": "", "[::g]": "", "256.1.1.1": "",
	} {
		a, err := origin.ParseAddress(text)
		assert.Equal(t, a.String(), want, text)
		assert.Equal(t, err != nil, want == "", text)
		assert.Equal(t, a.IsZero(), want == "", text)
	}
	assert.Equal(t, origin.MustParseURL("http://[::ffff:10.0.0.1]/").Address().Unmap(), origin.MustParseAddress("10.0.0.1"))
	assert.Assert(t, origin.MustParseURL("http://name.example/").Address().IsZero())
}

func TestAddressBlock(t *testing.T) {
	for _, row := range []struct {
		block, address string
		want           bool
	}{
		{"10.0.0.0/8", "10.255.0.1", true}, {"10.0.0.0/8", "11.0.0.1", false}, {"172.16.0.0/12", "172.31.1.1", true},
		{"172.16.0.0/12", "172.32.0.1", false}, {"100.64.0.0/10", "100.127.0.1", true}, {"fc00::/7", "fd00::1", true},
		{"fc00::/7", "fe00::1", false}, {"::1/128", "::1", true}, {"::1/128", "::2", false}, {"0.0.0.0/32", "0.0.0.1", false},
		{"10.0.0.0/8", "::ffff:10.0.0.1", false}, {"0.0.0.0/8", "::1", false}, {"0.0.0.0/0", "255.1.2.3", true},
		{"::/0", "ffff::1", true},
	} {
		got := origin.MustParseAddressBlock(row.block).Contains(origin.MustParseAddress(row.address))
		assert.Equal(t, got, row.want, row.block+" "+row.address)
	}
}

func TestMustParseAddressBlockPanics(t *testing.T) {
	for _, text := range []string{"10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "a/8"} {
		assert.Check(t, cmp.Panics(func() { origin.MustParseAddressBlock(text) }), text)
	}
}
