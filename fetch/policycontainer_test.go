package fetch_test

import (
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// The permissions policy of local network access forbids one address space, and no other; so does the document that contains
// a frame.
func TestForbids(t *testing.T) {
	for _, test := range []struct {
		name   string
		policy fetch.PolicyContainer
		forbid map[fetch.AddressSpace]bool
	}{
		{name: "none", forbid: map[fetch.AddressSpace]bool{}},
		{name: "local", policy: fetch.PolicyContainer{NoLocalNetwork: true}, forbid: map[fetch.AddressSpace]bool{fetch.AddressSpaceLocal: true}},
		{name: "loopback", policy: fetch.PolicyContainer{NoLoopbackNetwork: true}, forbid: map[fetch.AddressSpace]bool{fetch.AddressSpaceLoopback: true}},
		{
			name: "both", policy: fetch.PolicyContainer{NoLocalNetwork: true, NoLoopbackNetwork: true},
			forbid: map[fetch.AddressSpace]bool{fetch.AddressSpaceLocal: true, fetch.AddressSpaceLoopback: true},
		},
	} {
		for _, space := range []fetch.AddressSpace{fetch.AddressSpacePublic, fetch.AddressSpaceLocal, fetch.AddressSpaceLoopback} {
			assert.Check(t, cmp.Equal(test.policy.Forbids(space), test.forbid[space]), "%s: %s", test.name, space)
			client := fetch.Client{NoLocalNetwork: test.policy.NoLocalNetwork, NoLoopbackNetwork: test.policy.NoLoopbackNetwork}
			assert.Check(t, cmp.Equal(client.Undelegated(space), test.forbid[space]), "%s: %s, in a frame", test.name, space)
		}
	}
}

// A directive counts as enforced when a policy has it that is not only reported.
func TestEnforces(t *testing.T) {
	policy := func(reportOnly bool, directives ...string) fetch.CSP {
		p := fetch.CSP{ReportOnly: reportOnly}
		for _, name := range directives {
			p.Directives = append(p.Directives, fetch.CSPDirective{Name: name})
		}
		return p
	}
	for _, test := range []struct {
		name string
		list *fetch.CSPList
		want bool
	}{
		{name: "no-list"},
		{name: "no-policies", list: new(fetch.CSPList)},
		{name: "it-alone", list: &fetch.CSPList{Policies: []fetch.CSP{policy(false, "connect-src")}}, want: true},
		{name: "second-of-two", list: &fetch.CSPList{Policies: []fetch.CSP{policy(false, "img-src", "connect-src")}}, want: true},
		{name: "another", list: &fetch.CSPList{Policies: []fetch.CSP{policy(false, "img-src")}}},
		{name: "only-reported", list: &fetch.CSPList{Policies: []fetch.CSP{policy(true, "connect-src")}}},
		{name: "another-reported", list: &fetch.CSPList{Policies: []fetch.CSP{policy(true, "img-src")}}},
		{name: "second-policy", list: &fetch.CSPList{Policies: []fetch.CSP{policy(true, "connect-src"), policy(false, "connect-src")}}, want: true},
	} {
		assert.Check(t, cmp.Equal(test.list.Enforces("connect-src"), test.want), test.name)
	}
}

// A frame is restricted only by a client with an embedder policy.
func TestCORPCheckNavigation(t *testing.T) {
	asker, err := origin.ParseOrigin("https://a.example")
	assert.NilError(t, err)
	resp := &fetch.Response{Status: 200, URLList: []origin.URL{origin.MustParseURL("https://b.example/")}}
	for policy, blocked := range map[fetch.EmbedderPolicy]bool{
		fetch.EmbedderPolicyUnsafeNone: false, fetch.EmbedderPolicyRequireCORP: true,
	} {
		client := &fetch.Client{PolicyContainer: fetch.PolicyContainer{EmbedderPolicy: policy}}
		assert.Check(t, cmp.Equal(fetch.CORPCheckNavigation(asker, client, resp) != nil, blocked), "policy %d", policy)
	}
}

// The code points are the values of the bytes.
// https://infra.spec.whatwg.org/#isomorphic-decode
func TestIsomorphicDecode(t *testing.T) {
	for bytes, want := range map[string]string{
		"": "", "plain": "plain", "\x7f": "\x7f", "\x80": "\u0080", "caf\xe9": "café", "\xc3\xa9": "\u00c3\u00a9", "\xe9 then plain": "é then plain",
		"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff": "ÿÿÿÿÿÿÿÿÿÿ",
	} {
		assert.Check(t, cmp.Equal(fetch.IsomorphicDecode(bytes), want))
	}
}

// https://whatpr.org/fetch/1442.html#opaque-blocklisted-mime-type
func TestIsOpaqueBlocklisted(t *testing.T) {
	for essence, want := range map[string]bool{
		"text/html": true, "application/json": true, "application/ld+json": true, "application/rss+xml": true, "image/svg+xml": false,
		"image/svg+json": true, "image/png": false, "text/css": false, "application/jsonp": false,
	} {
		assert.Check(t, cmp.Equal(fetch.IsOpaqueBlocklisted(essence), want), essence)
	}
}

// Names are counted by their spelling, since browsers join headers of one spelling only.
func TestCountSpelled(t *testing.T) {
	list := fetch.HeaderList{{Name: "X-A", Value: "1"}, {Name: "x-a", Value: "2"}, {Name: "X-A", Value: "3"}, {Name: "X-B", Value: "4"}}
	for name, want := range map[string]int{"X-A": 2, "x-a": 1, "X-B": 1, "x-b": 0} {
		assert.Check(t, cmp.Equal(list.CountSpelled(name), want), name)
	}
}
