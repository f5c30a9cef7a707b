package console_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain/console"
	"github.com/corsim/corsim/fetch/policy"
)

// What Firefox says of the text of a policy when a worker starts, as its parser has it in
// dom/security/nsCSPParser.cpp.
func TestFirefoxPolicyTexts(t *testing.T) {
	for _, row := range []struct{ name, header, policy, want string }{
		{"nothing-to-say", policy.HeaderCSP, "connect-src 'self' https://a.example; upgrade-insecure-requests", ""},
		{"unknown-directive", policy.HeaderCSP, "nonsense-src x; treat-as-public-address",
			"Couldn’t process unknown directive ‘nonsense-src’ | Couldn’t process unknown directive ‘treat-as-public-address’"},
		{"empty-directive-after-a-host", policy.HeaderCSP, "connect-src *.a.example;;", "Couldn’t process unknown directive ‘’"},
		{"empty-directive-after-a-path", policy.HeaderCSP, "connect-src https://a.example/x/;;", ""},
		{"one-semicolon-at-the-end", policy.HeaderCSP, "connect-src *.a.example;", ""},
		{"duplicate-directive", policy.HeaderCSP, "img-src *; IMG-SRC 'none'", "Duplicate IMG-SRC directives detected.  All but the first instance will be ignored."},
		{"no-value-wanted", policy.HeaderCSP, "block-all-mixed-content x; upgrade-insecure-requests y",
			"Ignoring ‘block-all-mixed-content’ because mixed content display upgrading makes block-all-mixed-content obsolete. | " +
				"Ignoring srcs for directive ‘block-all-mixed-content’ | Ignoring srcs for directive ‘upgrade-insecure-requests’"},
		{"none-beside-others", policy.HeaderCSP, "img-src 'none' https:", "Ignoring unknown option 'none'"},
		{"none-beside-report-sample", policy.HeaderCSP, "img-src 'none' 'report-sample'", ""},
		{"source-twice", policy.HeaderCSP, "style-src 'unsafe-inline' 'Unsafe-Inline'", "Ignoring duplicate source 'Unsafe-Inline'"},
		{"keyword-without-quotes", policy.HeaderCSP, "img-src Self",
			"Interpreting Self as a hostname, not a keyword. If you intended this to be a keyword, use ‘self’ (wrapped in single quotes)."},
		{"no-host", policy.HeaderCSP, "img-src https://", "Couldn’t parse invalid host https://"},
		{"strict-dynamic-elsewhere", policy.HeaderCSP, "worker-src 'strict-dynamic' 'self'",
			"Ignoring source “strict-dynamic” (Only supported within script-src). | Ignoring “'self'” within worker-src: ‘strict-dynamic’ specified | " +
				"Keyword ‘strict-dynamic’ within “worker-src” with no valid nonce or hash might block all scripts from loading"},
		{"sources-beside-strict-dynamic", policy.HeaderCSP, "script-src 'strict-dynamic' 'nonce-a' a.example 'unsafe-inline'; worker-src *",
			"Ignoring “https://a.example” within script-src: ‘strict-dynamic’ specified | Ignoring “'unsafe-inline'” within script-src: ‘strict-dynamic’ specified | " +
				"Ignoring “'unsafe-inline'” within script-src: nonce-source or hash-source specified"},
		{"nobody-is-told", policy.HeaderCSPReportOnly, "img-src *",
			"This site (https://myapp.com) has a Report-Only policy without a report-uri directive nor a report-to directive. " +
				"CSP will not block and cannot report violations of this policy."},
		{"somebody-is-told", policy.HeaderCSPReportOnly, "img-src *; report-to x", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			page, err := browser.New(browser.Firefox()).Open("https://myapp.com/", browser.WithHeaders(fetch.HeaderList{{Name: row.header, Value: row.policy}}))
			assert.NilError(t, err)
			_, r := page.Worker(browser.WorkerInit{URL: "https://myapp.com/w.js"})
			got := strings.ReplaceAll(strings.Join(console.Print(r), " | "), "Content-Security-Policy: ", "")
			assert.Equal(t, got, row.want)
		})
	}
}
