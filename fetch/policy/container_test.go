package policy_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// headers is a header list of lines such as "Accept: */*".
func headers(lines ...string) fetch.HeaderList {
	var l fetch.HeaderList
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		l = append(l, fetch.Header{Name: name, Value: value})
	}
	return l
}

func TestParse(t *testing.T) {
	const coep, referrer = "Cross-Origin-Embedder-Policy: ", "Referrer-Policy: "
	const opener = "Cross-Origin-Opener-Policy: "
	corp := fetch.PolicyContainer{EmbedderPolicy: fetch.EmbedderPolicyRequireCORP}
	refers := func(p fetch.ReferrerPolicy) fetch.PolicyContainer { return fetch.PolicyContainer{ReferrerPolicy: p} }
	for name, c := range map[string]struct {
		url        string // "" is one over https
		lines      []string
		want       fetch.PolicyContainer
		unmodelled []string
	}{
		"nothing":                     {lines: []string{"Content-Type: text/html"}},
		"require-corp":                {lines: []string{coep + "require-corp"}, want: corp},
		"credentialless":              {lines: []string{coep + "credentialless"}, want: fetch.PolicyContainer{EmbedderPolicy: fetch.EmbedderPolicyCredentialless}},
		"unsafe-none":                 {lines: []string{coep + "unsafe-none"}},
		"spaces-around":               {lines: []string{coep + "  require-corp "}, want: corp},
		"tab":                         {lines: []string{coep + "\trequire-corp"}},
		"in-capitals":                 {lines: []string{coep + "Require-CORP"}},
		"string":                      {lines: []string{coep + `"require-corp"`}},
		"reports":                     {lines: []string{coep + `require-corp; report-to="endpoint"`}, want: corp},
		"parameters-of-all-types":     {lines: []string{coep + `require-corp;a;b=?0; *c=-1.5;d=:YQ==:;e=@1;f=%"x%20";g=t/x:y;h="\"\\"`}, want: corp},
		"parameter-without-name":      {lines: []string{coep + "require-corp;"}},
		"parameter-name-in-capitals":  {lines: []string{coep + "require-corp; A"}},
		"parameter-without-value":     {lines: []string{coep + "require-corp; a="}},
		"parameter-with-open-string":  {lines: []string{coep + `require-corp; a="x`}},
		"parameter-with-bad-escape":   {lines: []string{coep + `require-corp; a="\x"`}},
		"parameter-with-long-number":  {lines: []string{coep + "require-corp; a=1234567890123456"}},
		"parameter-with-open-decimal": {lines: []string{coep + "require-corp; a=1."}},
		"space-before-a-parameter":    {lines: []string{coep + "require-corp ;a"}},
		"two-lines":                   {lines: []string{coep + "require-corp", coep + "require-corp"}},
		"embedder-policy-report-only": {lines: []string{"Cross-Origin-Embedder-Policy-Report-Only: require-corp"}},
		"embedder-policy-over-http":   {url: "http://page.example/", lines: []string{coep + "require-corp"}},
		"embedder-policy-localhost":   {url: "http://localhost:3000/", lines: []string{coep + "require-corp"}, want: corp},
		"opener":                      {lines: []string{opener + `same-origin; report-to="x"`}, want: fetch.PolicyContainer{SameOriginOpener: true}},
		"opener-with-popups":          {lines: []string{opener + "same-origin-allow-popups"}},
		"opener-in-capitals":          {lines: []string{opener + "Same-Origin"}},
		"opener-over-http":            {url: "http://page.example/", lines: []string{opener + "same-origin"}},
		"referrer":                    {lines: []string{referrer + "origin"}, want: refers(fetch.ReferrerPolicyOrigin)},
		"referrer-over-http":          {url: "http://page.example/", lines: []string{referrer + "unsafe-url"}, want: refers(fetch.ReferrerPolicyUnsafeURL)},
		"referrer-in-capitals":        {lines: []string{referrer + "No-Referrer"}, want: refers(fetch.ReferrerPolicyNoReferrer)},
		"last-known-referrer-policy":  {lines: []string{referrer + "no-referrer, origin", referrer + "future-policy"}, want: refers(fetch.ReferrerPolicyOrigin)},
		"referrer-unknown":            {lines: []string{referrer + "never"}},
		"referrer-empty-word":         {lines: []string{referrer + "origin, "}, want: refers(fetch.ReferrerPolicyOrigin)},
		"features-of-no-request": {
			lines: []string{"Permissions-Policy: camera=(), geolocation=(self)"},
			want:  fetch.PolicyContainer{PermissionsPolicy: "camera=(), geolocation=(self)"},
		},
		"former-header": {
			lines: []string{"Feature-Policy: camera; geolocation 'SELF' https://a.example *", "Feature-Policy: camera 'none'; sync-xhr 'none' \"; Usb *"},
			want:  fetch.PolicyContainer{PermissionsPolicy: `camera=(self), geolocation=(self "https://a.example" *), sync-xhr=()`},
		},
		"former-header-beside-the-new": {
			lines: []string{"Feature-Policy: sync-xhr 'none'", "Permissions-Policy: sync-xhr=*"},
			want:  fetch.PolicyContainer{PermissionsPolicy: "sync-xhr=(), sync-xhr=*"},
		},
		"former-header-beside-a-malformed-one": {
			lines: []string{"Feature-Policy: sync-xhr 'none'", "Permissions-Policy: sync-xhr=(*"},
			want:  fetch.PolicyContainer{PermissionsPolicy: "sync-xhr=()"},
		},
		"not-modelled": {
			lines:      []string{"permissions-policy: camera=(), ch-ua=()", "Document-Policy: y"},
			want:       fetch.PolicyContainer{PermissionsPolicy: "camera=(), ch-ua=()"},
			unmodelled: []string{"Document-Policy", "Permissions-Policy"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if c.url == "" {
				c.url = "https://page.example/"
			}
			got, unmodelled := policy.Parse(origin.MustParseURL(c.url), headers(c.lines...))
			assert.Equal(t, got, c.want)
			assert.DeepEqual(t, unmodelled, c.unmodelled)
		})
	}
}

// FuzzParse checks that an embedder policy is a token with parameters: the
// parameters change nothing, and a syntax error after the token makes the
// header invalid.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"require-corp", `credentialless; report-to="a"`, "unsafe-none", " require-corp;a=1.5;b=?1", `"x"`, "require-corp, x", ":YQ==:", "@1", ""} {
		f.Add(seed)
	}
	u := origin.MustParseURL("https://page.example/")
	f.Fuzz(func(t *testing.T, value string) {
		got, _ := policy.Parse(u, fetch.HeaderList{{Name: policy.HeaderEmbedderPolicy, Value: value}})
		word, _, _ := strings.Cut(strings.Trim(value, " "), ";")
		switch got.EmbedderPolicy {
		case fetch.EmbedderPolicyRequireCORP:
			assert.Equal(t, word, "require-corp")
		case fetch.EmbedderPolicyCredentialless:
			assert.Equal(t, word, "credentialless")
		}
		longer, _ := policy.Parse(u, fetch.HeaderList{{Name: policy.HeaderEmbedderPolicy, Value: strings.TrimRight(value, " ") + ";z=1"}})
		assert.Equal(t, longer, got)
	})
}
