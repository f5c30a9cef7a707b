package origin_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/origin"
)

func TestHasListedSuffix(t *testing.T) {
	for host, want := range map[string]bool{
		"www.example.com": true, "a.b.example.co.uk": true, "someone.github.io": true, "com": true,
		"myapp.test": false, "localhost": false, "example.com.": true,
	} {
		assert.Check(t, origin.MustParseURL("https://"+host).Origin().HasListedSuffix() == want, host)
	}
}

func TestSite(t *testing.T) {
	for _, test := range []struct {
		name, url, want string
		registrable     bool
	}{
		{name: "subdomain", url: "https://www.example.com:8443/", want: "https://example.com", registrable: true},
		{name: "two-label-suffix", url: "https://a.b.example.co.uk/", want: "https://example.co.uk", registrable: true},
		{name: "private-suffix", url: "https://someone.github.io/", want: "https://someone.github.io", registrable: true},
		{name: "suffix-itself", url: "https://github.io/", want: "https://github.io"},
		{name: "one-label", url: "http://localhost:3000/", want: "http://localhost"},
		{name: "unlisted-suffix", url: "http://a.b.localhost/", want: "http://b.localhost", registrable: true},
		{name: "ipv4", url: "http://127.0.0.1:1/", want: "http://127.0.0.1"},
		{name: "ipv6", url: "http://[::1]:1/", want: "http://[::1]"},
		{name: "full-stop-at-the-end", url: "https://www.example.com./", want: "https://example.com.", registrable: true},
		{name: "only-a-full-stop", url: "http://./", want: "http://."},
		{name: "empty-label", url: "http://a..com/", want: "http://a..com"},
		{name: "empty-first-label", url: "http://.com/", want: "http://.com"},
		{name: "two-full-stops-at-the-end", url: "http://a.com../", want: "http://a.com.."},
		{name: "unicode", url: "https://www.\u4E2D\u6587.\u4E2D\u56FD/", want: "https://xn--fiq228c.xn--fiqs8s", registrable: true},
		{name: "opaque", url: "data:,", want: "null"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := origin.MustParseURL(test.url).Origin()
			assert.Equal(t, o.Site().String(), test.want)
			_, ok := o.RegistrableDomain()
			assert.Equal(t, ok, test.registrable)
			assert.Equal(t, origin.PartitionKeyOf(o).String(), test.want)
		})
	}
}

func TestSameSite(t *testing.T) {
	for _, test := range []struct {
		name, a, b       string
		same, schemeless bool
	}{
		{name: "subdomains", a: "https://a.example.com", b: "https://b.example.com", same: true, schemeless: true},
		{name: "ports-do-not-count", a: "https://example.com:1", b: "https://example.com:2", same: true, schemeless: true},
		{name: "schemes-count", a: "https://example.com", b: "http://example.com", schemeless: true},
		{name: "other-domain", a: "https://example.com", b: "https://example.org"},
		{name: "customers-of-one-host", a: "https://a.github.io", b: "https://b.github.io"},
		{name: "suffix-and-its-customer", a: "https://github.io", b: "https://b.github.io"},
		{name: "suffix-twice", a: "https://github.io", b: "https://github.io:1", same: true, schemeless: true},
		{name: "same-address", a: "http://127.0.0.1:1", b: "http://127.0.0.1:2", same: true, schemeless: true},
		{name: "other-address", a: "http://127.0.0.1", b: "http://127.0.0.2"},
		{name: "addresses-with-the-same-end", a: "http://127.0.0.1", b: "http://10.0.0.1"},
		{name: "names-that-are-no-domains", a: "web+app://a.example.com", b: "web+app://b.example.com"},
		{name: "address-and-name", a: "http://127.0.0.1", b: "http://localhost"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, b := mustOrigin(t, test.a), mustOrigin(t, test.b)
			assert.Equal(t, origin.SameSite(a, b), test.same)
			assert.Equal(t, origin.SameSite(b, a), test.same)
			assert.Equal(t, origin.SchemelesslySameSite(a, b), test.schemeless)
			assert.Equal(t, a.Site() == b.Site(), test.same)
			assert.Equal(t, origin.PartitionKeyOf(a) == origin.PartitionKeyOf(b), test.same)
		})
	}
}

func TestOpaqueSites(t *testing.T) {
	a, b := origin.NewOpaque(), origin.NewOpaque()
	assert.Assert(t, origin.SameSite(a, a))
	assert.Assert(t, !origin.SameSite(a, b))
	assert.Assert(t, a.Site() != b.Site())
	assert.Assert(t, a.Site().IsOpaque())
	assert.Assert(t, origin.PartitionKeyOf(a) != origin.PartitionKeyOf(b))
	assert.Assert(t, !origin.SameSite(a, mustOrigin(t, "https://example.com")))
}

func TestPartitionKeySecondKey(t *testing.T) {
	key := origin.PartitionKeyOf(mustOrigin(t, "https://example.com"))
	framed := key.WithSecondKey("https://frame.example")
	assert.Assert(t, key != framed)
	assert.Assert(t, key.Site() == framed.Site())
	assert.Equal(t, framed.String(), "https://example.com (https://frame.example)")
	assert.Equal(t, framed.WithSecondKey(""), key)
}
