package policy_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

func TestDelegates(t *testing.T) {
	page, other := origin.MustParseURL("https://page.example/").Origin(), origin.MustParseURL("https://other.example/").Origin()
	for name, c := range map[string]struct {
		allow    string
		document origin.Origin // the zero value is that of the element's URL
		same     bool          // the frame is of the page's origin
		want     bool
	}{
		"same-origin":             {same: true, want: true},
		"other-origin":            {},
		"allowed":                 {allow: "local-network", want: true},
		"other-feature":           {allow: "loopback-network; camera *"},
		"second-of-two":           {allow: "camera 'none'; local-network", want: true},
		"in-capitals":             {allow: "Local-Network"},
		"none":                    {allow: "local-network 'none'", same: true},
		"all":                     {allow: "local-network *", want: true},
		"self":                    {allow: "local-network 'SELF'"},
		"self-in-same":            {allow: "local-network 'self'", same: true, want: true},
		"origin":                  {allow: "local-network https://a.example https://other.example/path", want: true},
		"last-counts":             {allow: "local-network *; local-network 'self'"},
		"after-a-redirect":        {allow: "local-network", document: origin.MustParseURL("https://third.example/").Origin()},
		"sandboxed":               {allow: "local-network", document: origin.NewOpaque()},
		"all-also-if-sandboxed":   {allow: "local-network *", document: origin.NewOpaque(), want: true},
		"not-even-its-own-origin": {document: origin.NewOpaque(), same: true},
	} {
		t.Run(name, func(t *testing.T) {
			context := policy.FrameContext{Allow: c.allow, Container: page, Source: other, Document: c.document}
			if c.same {
				context.Source = page
			}
			if c.document.IsZero() {
				context.Document = context.Source
			}
			assert.Equal(t, context.Delegates("local-network"), c.want)
		})
	}
}

func TestDelegateLocalNetwork(t *testing.T) {
	page, other := origin.MustParseURL("https://page.example/"), origin.MustParseURL("https://other.example/").Origin()
	context := policy.FrameContext{Allow: "local-network-access", Container: page.Origin(), Source: other, Document: other}
	for name, c := range map[string]struct {
		header     string
		rules      policy.LocalNetwork
		noLocal    bool
		noLoopback bool
	}{
		"former-name":              {},
		"former-name-unknown":      {rules: policy.LocalNetwork{IgnoreFormerFeature: true}, noLocal: true, noLoopback: true},
		"page-has-it-not":          {header: "local-network=()", noLocal: true},
		"page-keeps-it":            {header: "loopback-network=self", noLoopback: true},
		"page-names-the-origin":    {header: `loopback-network=(self "https://other.example")`},
		"header-that-is-not-known": {header: "local-network=()", rules: policy.LocalNetwork{IgnoreHeaders: true}},
	} {
		t.Run(name, func(t *testing.T) {
			client := fetch.Client{URL: page, Origin: page.Origin()}
			client.PolicyContainer, _ = policy.Parse(page, headers("Permissions-Policy: "+c.header))
			noLocal, noLoopback := c.rules.Delegate(&client, &context)
			assert.Equal(t, noLocal, c.noLocal)
			assert.Equal(t, noLoopback, c.noLoopback)
		})
	}
}
