package fetch_test

import (
	"fmt"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
)

func TestWords(t *testing.T) {
	tests := []struct {
		value fmt.Stringer
		want  string
	}{
		{value: fetch.Mode(0), want: "no-cors"},
		{value: fetch.ModeCORS, want: "cors"},
		{value: fetch.ModeSameOrigin, want: "same-origin"},
		{value: fetch.ModeNavigate, want: "navigate"},
		{value: fetch.CredentialsMode(0), want: "same-origin"},
		{value: fetch.CredentialsInclude, want: "include"},
		{value: fetch.CredentialsOmit, want: "omit"},
		{value: fetch.RedirectMode(0), want: "follow"},
		{value: fetch.RedirectError, want: "error"},
		{value: fetch.RedirectManual, want: "manual"},
		{value: fetch.CacheMode(0), want: "default"},
		{value: fetch.CacheNoStore, want: "no-store"},
		{value: fetch.CacheReload, want: "reload"},
		{value: fetch.CacheNoCache, want: "no-cache"},
		{value: fetch.CacheForceCache, want: "force-cache"},
		{value: fetch.CacheOnlyIfCached, want: "only-if-cached"},
		{value: fetch.Tainting(0), want: "basic"},
		{value: fetch.TaintingCORS, want: "cors"},
		{value: fetch.TaintingOpaque, want: "opaque"},
		{value: fetch.ResponseType(0), want: "default"},
		{value: fetch.ResponseBasic, want: "basic"},
		{value: fetch.ResponseCORS, want: "cors"},
		{value: fetch.ResponseError, want: "error"},
		{value: fetch.ResponseOpaque, want: "opaque"},
		{value: fetch.ResponseOpaqueRedirect, want: "opaqueredirect"},
		{value: fetch.RedirectTaint(0), want: "same-origin"},
		{value: fetch.TaintSameSite, want: "same-site"},
		{value: fetch.TaintCrossSite, want: "cross-site"},
		{value: fetch.EmbedderPolicy(0), want: "unsafe-none"},
		{value: fetch.EmbedderPolicyRequireCORP, want: "require-corp"},
		{value: fetch.EmbedderPolicyCredentialless, want: "credentialless"},
		{value: fetch.LocationNull, want: "null"},
		{value: fetch.LocationFailure, want: "failure"},
		{value: fetch.LocationURL, want: "url"},
		{value: fetch.KindSameOrigin, want: "same-origin"},
		{value: fetch.KindNoCORS, want: "no-cors"},
		{value: fetch.KindSimple, want: "simple"},
		{value: fetch.KindPreflighted, want: "preflighted"},
		{value: fetch.KindLocal, want: "local"},
		{value: fetch.KindRefused, want: "refused"},
		{value: fetch.CauseMethod, want: "method"},
		{value: fetch.CauseHeader, want: "header"},
		{value: fetch.CauseUploadListener, want: "upload-listener"},
		{value: fetch.CauseStreamBody, want: "stream-body"},
		{value: fetch.CauseEarlierHop, want: "earlier-hop"},
		{value: fetch.HeaderSafe, want: "safelisted"},
		{value: fetch.HeaderNameNotSafelisted, want: "name-not-safelisted"},
		{value: fetch.HeaderValueTooLong, want: "value-too-long"},
		{value: fetch.HeaderValueUnsafeByte, want: "value-unsafe-byte"},
		{value: fetch.HeaderTypeMalformed, want: "type-malformed"},
		{value: fetch.HeaderTypeNotSafelisted, want: "type-not-safelisted"},
		{value: fetch.HeaderRangeNotSafelisted, want: "range-not-safelisted"},
		{value: fetch.HeaderSumTooLong, want: "sum-too-long"},
		{value: fetch.HeaderRefused, want: "refused-by-browser"},
		{value: fetch.Absent, want: "absent"},
		{value: fetch.Malformed, want: "malformed"},
		{value: fetch.Present, want: "present"},
		{value: fetch.Mode(77), want: "fetch.Mode(77)"},
		{value: fetch.HeaderCause(255), want: "fetch.HeaderCause(255)"},
	}
	for _, test := range tests {
		assert.Check(t, is.Equal(test.value.String(), test.want))
	}
}

func TestParseWordsErrors(t *testing.T) {
	_, err := fetch.ParseMode("CORS")
	assert.Error(t, err, `unknown mode "CORS"; known: no-cors, cors, same-origin, navigate, websocket`)
	_, err = fetch.ParseCredentialsMode("")
	assert.Error(t, err, `unknown credentials mode ""; known: same-origin, include, omit`)
	_, err = fetch.ParseRedirectMode("follow ")
	assert.Error(t, err, `unknown redirect mode "follow "; known: follow, error, manual`)
	_, err = fetch.ParseCacheMode("fetch.CacheMode(9)")
	assert.Error(t, err, `unknown cache mode "fetch.CacheMode(9)"; known: default, no-store, reload, no-cache, force-cache, only-if-cached`)
	_, err = fetch.ParseReferrerPolicy("Origin")
	assert.Error(t, err, `unknown referrer policy "Origin"; known: no-referrer, no-referrer-when-downgrade, same-origin, origin, `+
		`strict-origin, origin-when-cross-origin, strict-origin-when-cross-origin, unsafe-url`)
}

func TestParseReferrerPolicy(t *testing.T) {
	for _, p := range []fetch.ReferrerPolicy{fetch.ReferrerPolicyEmpty, fetch.ReferrerPolicyNoReferrer, fetch.ReferrerPolicyUnsafeURL} {
		got, err := fetch.ParseReferrerPolicy(string(p))
		assert.Check(t, err == nil && got == p, "%v", p)
	}
}
