package policy_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// TestHSTS shows for which URLs a browser uses https, and which values count.
func TestHSTS(t *testing.T) {
	for _, row := range []struct {
		name, host, value, url string
		upgrades, wrong        bool
	}{
		{name: "host", host: "api.test", value: "max-age=1", url: "http://api.test/x", upgrades: true},
		{name: "port", host: "api.test", value: "max-age=1", url: "http://api.test:8080/x", upgrades: true},
		{name: "quoted", host: "api.test", value: `Max-Age = "31536000"`, url: "http://api.test/", upgrades: true},
		{name: "subdomain-not-meant", host: "api.test", value: "max-age=1", url: "http://a.api.test/"},
		{name: "subdomain", host: "test", value: "includeSubDomains; max-age=1; preload", url: "http://a.api.test/", upgrades: true},
		{name: "parent", host: "a.api.test", value: "max-age=1; includeSubDomains", url: "http://api.test/"},
		{name: "part-of-a-label", host: "pi.test", value: "max-age=1; includeSubDomains", url: "http://api.test/"},
		{name: "https", host: "api.test", value: "max-age=1", url: "https://api.test/"},
		{name: "address", host: "127.0.0.1", value: "max-age=1", url: "http://127.0.0.1/"},
		{name: "forgotten", host: "api.test", value: "max-age=0", url: "http://api.test/"},
		{name: "no-age", host: "api.test", value: "includeSubDomains", url: "http://api.test/", wrong: true},
		{name: "no-host", host: "https://api.test", value: "max-age=1", url: "http://api.test/", wrong: true},
	} {
		t.Run(row.name, func(t *testing.T) {
			h := policy.HSTS{}
			assert.Equal(t, h.Set(row.host, row.value) != nil, row.wrong)
			assert.Equal(t, h.Upgrades(origin.MustParseURL(row.url)), row.upgrades)
		})
	}
}
