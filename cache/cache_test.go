package cache_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

var (
	start = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	home  = key("https://page.example", "https://api.example/users")

	byValue = cmp.Options{cmpopts.EquateComparable(origin.Origin{})}
)

func key(from, url string) cache.Key {
	u := origin.MustParseURL(from)
	return cache.Key{Partition: origin.PartitionKeyOf(u.Origin()), Origin: from, URL: url}
}

func method(name string) fetch.Cause { return fetch.Cause{Kind: fetch.CauseMethod, Name: name} }

func header(name string) fetch.Cause {
	return fetch.Cause{Kind: fetch.CauseHeader, Name: name, Why: fetch.HeaderNameNotSafelisted}
}

// step is one line of a story: the clock moves, then the cache stores a grant,
// clears a key or answers a query.
type step struct {
	wait  time.Duration
	store *cache.Grant
	clear bool
	// The causes, method and credentials mode of a query.
	causes      []fetch.Cause
	method      string
	credentials fetch.CredentialsMode
	key         cache.Key // the zero value stands for home
	missing     []fetch.Cause
}

func grant(maxAge time.Duration, mode fetch.CredentialsMode, methods, names []string) *cache.Grant {
	return &cache.Grant{Key: home, Credentials: mode, Methods: methods, HeaderNames: names, MaxAge: maxAge}
}

func TestStories(t *testing.T) {
	const include = fetch.CredentialsInclude
	put, xa, auth := method("PUT"), header("x-a"), header("authorization")
	for name, story := range map[string][]step{
		"nothing-stored-covers-nothing": {
			{causes: []fetch.Cause{put}, method: "PUT", missing: []fetch.Cause{put}},
		},
		"method-and-header-are-separate-entries": {
			{store: grant(5*time.Second, 0, []string{"PUT"}, nil)},
			{causes: []fetch.Cause{put, xa}, method: "PUT", missing: []fetch.Cause{xa}},
			{store: grant(5*time.Second, 0, nil, []string{"X-A"})},
			{causes: []fetch.Cause{put, xa}, method: "PUT"},
		},
		"method-is-compared-byte-for-byte": {
			{store: grant(5*time.Second, 0, []string{"patch"}, nil)},
			{causes: []fetch.Cause{method("PATCH")}, method: "PATCH", missing: []fetch.Cause{method("PATCH")}},
		},
		"ends-at-max-age": {
			{store: grant(5*time.Second, 0, []string{"PUT"}, nil)},
			{wait: 5*time.Second - 1, causes: []fetch.Cause{put}, method: "PUT"},
			{wait: 1, causes: []fetch.Cause{put}, method: "PUT", missing: []fetch.Cause{put}},
		},
		"zero-max-age-is-not-kept": {
			{store: grant(0, 0, []string{"PUT"}, nil)},
			{causes: []fetch.Cause{put}, method: "PUT", missing: []fetch.Cause{put}},
		},
		"zero-max-age-ends-what-was-kept": {
			{store: grant(60*time.Second, 0, []string{"PUT"}, nil)},
			{store: grant(0, 0, []string{"PUT"}, nil)},
			{causes: []fetch.Cause{put}, method: "PUT", missing: []fetch.Cause{put}},
		},
		"renewal-counts-from-when-the-entry-was-stored": {
			{store: grant(5*time.Second, 0, []string{"PUT"}, nil)},
			{wait: 4 * time.Second, store: grant(10*time.Second, 0, []string{"PUT"}, nil)},
			{wait: 5 * time.Second, causes: []fetch.Cause{put}, method: "PUT"},
			{wait: time.Second, causes: []fetch.Cause{put}, method: "PUT", missing: []fetch.Cause{put}},
		},
		"an-entry-that-has-ended-is-not-renewed": {
			{store: grant(5*time.Second, 0, []string{"PUT"}, nil)},
			{wait: 6 * time.Second, store: grant(10*time.Second, 0, []string{"PUT"}, nil)},
			{wait: 9 * time.Second, causes: []fetch.Cause{put}, method: "PUT"},
			{wait: time.Second, causes: []fetch.Cause{put}, method: "PUT", missing: []fetch.Cause{put}},
		},
		"wildcard-covers-all-but-authorization": {
			{store: grant(5*time.Second, 0, []string{"*"}, []string{"*"})},
			{causes: []fetch.Cause{put, xa, auth}, method: "PUT", missing: []fetch.Cause{auth}},
		},
		"without-credentials-is-no-use-with-them": {
			{store: grant(5*time.Second, 0, []string{"PUT"}, nil)},
			{causes: []fetch.Cause{put}, method: "PUT", credentials: include, missing: []fetch.Cause{put}},
		},
		"with-credentials-serves-without": {
			{store: grant(5*time.Second, include, []string{"PUT"}, []string{"x-a"})},
			{causes: []fetch.Cause{put, xa}, method: "PUT", credentials: fetch.CredentialsOmit},
		},
		"upload-listener-is-covered-by-the-method": {
			{store: grant(5*time.Second, 0, []string{"POST"}, nil)},
			{causes: []fetch.Cause{{Kind: fetch.CauseUploadListener}}, method: "POST"},
			{causes: []fetch.Cause{{Kind: fetch.CauseUploadListener}}, method: "GET", missing: []fetch.Cause{{Kind: fetch.CauseUploadListener}}},
		},
		"clearing-forgets-both-credentials": {
			{store: grant(60*time.Second, 0, []string{"PUT"}, nil)},
			{store: grant(60*time.Second, include, []string{"PUT"}, nil)},
			{clear: true},
			{causes: []fetch.Cause{put}, method: "PUT", missing: []fetch.Cause{put}},
		},
		"keys-are-apart": {
			{store: grant(60*time.Second, 0, []string{"PUT"}, nil)},
			{causes: []fetch.Cause{put}, method: "PUT", key: key("https://other.example", home.URL), missing: []fetch.Cause{put}},
			{causes: []fetch.Cause{put}, method: "PUT", key: key("https://page.example", home.URL+"?x"), missing: []fetch.Cause{put}},
		},
	} {
		t.Run(name, func(t *testing.T) { runStory(t, cache.Rules{}, story) })
	}
}

// runStory runs a story on an empty cache.
func runStory(t *testing.T, rules cache.Rules, story []step) {
	c, now := cache.New(rules), start
	for i, s := range story {
		now = now.Add(s.wait)
		switch {
		case s.store != nil:
			c.Store(*s.store, now)
		case s.clear:
			c.Clear(home)
		default:
			k := s.key
			if k == (cache.Key{}) {
				k = home
			}
			got := c.Uncovered(cache.Query{Key: k, Credentials: s.credentials, Method: s.method, Causes: s.causes}, now)
			assert.Check(t, is.DeepEqual(got, s.missing, byValue, cmpopts.EquateEmpty()), "step %d", i)
		}
	}
}

func TestRules(t *testing.T) {
	const include = fetch.CredentialsInclude
	put, post, xa, xb := method("PUT"), method("POST"), header("x-a"), header("x-b")
	nowhere := home
	nowhere.Origin = "null"
	long := key("https://page.example", home.URL+"?"+strings.Repeat("x", 80))
	for name, test := range map[string]struct {
		rules cache.Rules
		story []step
	}{
		"whole-grants-cover-all-or-are-dropped": {rules: cache.Rules{WholeGrants: true}, story: []step{
			{store: grant(time.Minute, 0, []string{"PUT"}, nil)},
			{causes: []fetch.Cause{put}, method: "PUT"},
			{causes: []fetch.Cause{put, xa}, method: "PUT", missing: []fetch.Cause{xa}},
			{causes: []fetch.Cause{put}, method: "PUT", missing: []fetch.Cause{put}},
		}},
		"whole-grants-replace-each-other": {rules: cache.Rules{WholeGrants: true}, story: []step{
			{store: grant(time.Minute, 0, []string{"PUT"}, nil)},
			{store: grant(time.Minute, 0, nil, []string{"x-a"})},
			{causes: []fetch.Cause{xa}, method: "GET"},
			{causes: []fetch.Cause{put}, method: "PUT", missing: []fetch.Cause{put}},
		}},
		"whole-grants-of-no-time-replace-too": {rules: cache.Rules{WholeGrants: true}, story: []step{
			{store: grant(time.Minute, 0, []string{"PUT"}, nil)},
			{store: grant(0, 0, []string{"PUT"}, nil)},
			{causes: []fetch.Cause{put}, method: "PUT", missing: []fetch.Cause{put}},
		}},
		"implicit-methods": {rules: cache.Rules{ImplicitMethods: []string{"POST"}}, story: []step{
			{store: grant(time.Minute, include, nil, nil)},
			{causes: []fetch.Cause{{Kind: fetch.CauseUploadListener}}, method: "POST", credentials: include},
			{causes: []fetch.Cause{post, put}, method: "PUT", missing: []fetch.Cause{post, put}},
		}},
		"opaque-origins-are-skipped": {rules: cache.Rules{SkipOpaqueOrigins: true}, story: []step{
			{store: &cache.Grant{Key: nowhere, Methods: []string{"PUT"}, MaxAge: time.Minute}},
			{key: nowhere, causes: []fetch.Cause{put}, method: "PUT", missing: []fetch.Cause{put}},
		}},
		"opaque-origins-are-kept-otherwise": {story: []step{
			{store: &cache.Grant{Key: nowhere, Methods: []string{"PUT"}, MaxAge: time.Minute}},
			{key: nowhere, causes: []fetch.Cause{put}, method: "PUT"},
		}},
		"long-urls-are-not-kept": {rules: cache.Rules{MaxURL: len(home.URL)}, story: []step{
			{store: &cache.Grant{Key: long, Methods: []string{"PUT"}, MaxAge: time.Minute}},
			{key: long, causes: []fetch.Cause{put}, method: "PUT", missing: []fetch.Cause{put}},
			{store: grant(time.Minute, 0, []string{"PUT"}, nil)},
			{causes: []fetch.Cause{put}, method: "PUT"},
		}},
		"literal-wildcard-with-credentials": {rules: cache.Rules{LiteralWildcard: true}, story: []step{
			{store: grant(time.Minute, include, []string{"*"}, []string{"*"})},
			{causes: []fetch.Cause{put, xa, header("*")}, method: "PUT", missing: []fetch.Cause{put, xa}},
		}},
		"literal-wildcard-without-credentials": {rules: cache.Rules{LiteralWildcard: true}, story: []step{
			{store: grant(time.Minute, 0, []string{"*"}, []string{"*"})},
			{causes: []fetch.Cause{put, xa}, method: "PUT"},
		}},
		"no-wildcard": {rules: cache.Rules{NoWildcard: true}, story: []step{
			{store: grant(time.Minute, 0, []string{"*"}, []string{"*"})},
			{causes: []fetch.Cause{put, header("*")}, method: "PUT", missing: []fetch.Cause{put}},
			{causes: []fetch.Cause{method("*")}, method: "*"},
		}},
		"anonymous-wildcard": {rules: cache.Rules{AnonymousWildcard: true}, story: []step{
			{store: grant(time.Minute, include, []string{"*"}, []string{"*"})},
			{causes: []fetch.Cause{put, xa}, method: "PUT", credentials: include, missing: []fetch.Cause{put, xa}},
			{causes: []fetch.Cause{put, xa, header("authorization")}, method: "PUT", missing: []fetch.Cause{header("authorization")}},
		}},
		"wildcard-covers-authorization": {rules: cache.Rules{WildcardCoversAuthorization: true}, story: []step{
			{store: grant(time.Minute, 0, nil, []string{"*"})},
			{causes: []fetch.Cause{xa, header("authorization")}, method: "GET"},
		}},
		"separate-credentials": {rules: cache.Rules{SeparateCredentials: true}, story: []step{
			{store: grant(time.Minute, include, []string{"PUT"}, nil)},
			{causes: []fetch.Cause{put}, method: "PUT", credentials: include},
			{causes: []fetch.Cause{put}, method: "PUT", missing: []fetch.Cause{put}},
		}},
		"separate-credentials-are-cleared-together": {rules: cache.Rules{SeparateCredentials: true}, story: []step{
			{store: grant(time.Minute, include, []string{"PUT"}, nil)},
			{store: grant(time.Minute, 0, []string{"PUT"}, nil)},
			{clear: true},
			{causes: []fetch.Cause{put}, method: "PUT", credentials: include, missing: []fetch.Cause{put}},
			{causes: []fetch.Cause{put}, method: "PUT", missing: []fetch.Cause{put}},
		}},
		"renewal-counts-from-now": {rules: cache.Rules{Renew: true}, story: []step{
			{store: grant(5*time.Second, 0, []string{"PUT"}, nil)},
			{wait: 4 * time.Second, store: grant(5*time.Second, 0, []string{"PUT"}, nil)},
			{wait: 5*time.Second - 1, causes: []fetch.Cause{put}, method: "PUT"},
			{wait: 1, causes: []fetch.Cause{put}, method: "PUT", missing: []fetch.Cause{put}},
		}},
		"renewal-for-no-time-changes-nothing": {rules: cache.Rules{Renew: true}, story: []step{
			{store: grant(5*time.Second, 0, []string{"PUT"}, nil)},
			{store: grant(0, 0, []string{"PUT"}, nil)},
			{causes: []fetch.Cause{put}, method: "PUT"},
		}},
		"unchecked-methods-need-any-grant": {rules: cache.Rules{UncheckedMethods: []string{"GET", "POST"}}, story: []step{
			{causes: []fetch.Cause{{Kind: fetch.CauseUploadListener}}, method: "POST", missing: []fetch.Cause{{Kind: fetch.CauseUploadListener}}},
			{store: grant(time.Second, 0, nil, []string{"x-a"})},
			{causes: []fetch.Cause{{Kind: fetch.CauseUploadListener}}, method: "POST"},
			{causes: []fetch.Cause{xa, xb}, method: "GET", missing: []fetch.Cause{xb}},
			{causes: []fetch.Cause{xa}, method: "HEAD", missing: []fetch.Cause{method("HEAD")}},
			{wait: time.Hour, causes: []fetch.Cause{{Kind: fetch.CauseUploadListener}}, method: "POST"},
			{causes: []fetch.Cause{xa}, method: "GET", missing: []fetch.Cause{xa}},
		}},
		"unchecked-methods-need-a-grant-for-some-time": {rules: cache.Rules{UncheckedMethods: []string{"POST"}}, story: []step{
			{store: grant(0, 0, nil, []string{"x-a"})},
			{causes: []fetch.Cause{{Kind: fetch.CauseUploadListener}}, method: "POST", missing: []fetch.Cause{{Kind: fetch.CauseUploadListener}}},
		}},
	} {
		t.Run(name, func(t *testing.T) { runStory(t, test.rules, test.story) })
	}
}

func TestCapacityIsBounded(t *testing.T) {
	all := cache.New(cache.Rules{})
	for i := range cache.DefaultCapacity + 1 {
		g := grant(time.Hour, 0, []string{"PUT"}, nil)
		g.Key.URL = fmt.Sprintf("https://api.example/%d", i)
		all.Store(*g, start)
	}
	assert.Equal(t, all.Len(), cache.DefaultCapacity)

	c := cache.New(cache.Rules{Capacity: 3})
	for i := range 10 {
		g := grant(time.Hour, 0, []string{"PUT"}, nil)
		g.Key = key("https://page.example", fmt.Sprintf("https://api.example/%d", i))
		c.Store(*g, start)
		// The first key is used in every round, so it stays in the cache.
		c.Uncovered(cache.Query{Key: key("https://page.example", "https://api.example/0"), Method: "PUT", Causes: []fetch.Cause{method("PUT")}}, start)
	}
	assert.Equal(t, c.Len(), 3)
	for i, want := range map[int]int{0: 0, 1: 1, 8: 0, 9: 0} {
		q := cache.Query{
			Key:    key("https://page.example", fmt.Sprintf("https://api.example/%d", i)),
			Method: "PUT", Causes: []fetch.Cause{method("PUT")},
		}
		assert.Check(t, len(c.Uncovered(q, start)) == want, "key %d", i)
	}
}

// A grant that stores nothing removes no other key, and no key remains without entries.
func TestGrantsThatStoreNothing(t *testing.T) {
	other := key("https://page.example", "https://api.example/other")
	for name, g := range map[string]cache.Grant{
		"no-time":  {Key: other, Methods: []string{"PUT"}},
		"no-names": {Key: other, MaxAge: time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			c := cache.New(cache.Rules{Capacity: 1})
			c.Store(*grant(time.Minute, 0, []string{"PUT"}, nil), start)
			c.Store(g, start)
			q := cache.Query{Key: home, Method: "PUT", Causes: []fetch.Cause{method("PUT")}}
			assert.Equal(t, len(c.Uncovered(q, start)), 0)
			g.Key, g.MaxAge = home, 0
			g.Methods = []string{"PUT"}
			c.Store(g, start)
			assert.Equal(t, c.Len(), 0)
		})
	}
}

func TestLongGrantsAreIndexed(t *testing.T) {
	c := cache.New(cache.Rules{})
	var names []string
	var causes []fetch.Cause
	for i := range 1000 {
		names = append(names, fmt.Sprintf("X-%d", i))
		causes = append(causes, header(fmt.Sprintf("x-%d", i)))
	}
	c.Store(*grant(time.Minute, 0, []string{"PUT"}, names), start)
	q := cache.Query{Key: home, Method: "PUT", Causes: causes}
	assert.Equal(t, len(c.Uncovered(q, start.Add(59*time.Second))), 0)
	mixed := cache.Query{Key: home, Method: "PUT", Causes: []fetch.Cause{method("PUT"), header("X-7")}}
	assert.Equal(t, len(c.Uncovered(mixed, start)), 0)
	lower := cache.Query{Key: home, Method: "put", Causes: []fetch.Cause{method("put")}}
	assert.Equal(t, len(c.Uncovered(lower, start)), 1)
	assert.Equal(t, len(c.Uncovered(q, start.Add(60*time.Second))), 1000)
}
