package fetch_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
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

// The constants of each enumeration in the source have a word each, and
// nothing else has one.
func TestEveryConstantHasAWord(t *testing.T) {
	tests := []struct {
		enumeration string
		word        func(uint8) string
	}{
		{enumeration: "Mode", word: func(v uint8) string { return fetch.Mode(v).String() }},
		{enumeration: "CredentialsMode", word: func(v uint8) string { return fetch.CredentialsMode(v).String() }},
		{enumeration: "RedirectMode", word: func(v uint8) string { return fetch.RedirectMode(v).String() }},
		{enumeration: "CacheMode", word: func(v uint8) string { return fetch.CacheMode(v).String() }},
		{enumeration: "Tainting", word: func(v uint8) string { return fetch.Tainting(v).String() }},
		{enumeration: "ResponseType", word: func(v uint8) string { return fetch.ResponseType(v).String() }},
		{enumeration: "RedirectTaint", word: func(v uint8) string { return fetch.RedirectTaint(v).String() }},
		{enumeration: "Kind", word: func(v uint8) string { return fetch.Kind(v).String() }},
		{enumeration: "CauseKind", word: func(v uint8) string { return fetch.CauseKind(v).String() }},
		{enumeration: "HeaderCause", word: func(v uint8) string { return fetch.HeaderCause(v).String() }},
		{enumeration: "ExtractionState", word: func(v uint8) string { return fetch.ExtractionState(v).String() }},
	}
	for _, test := range tests {
		words := map[string]bool{}
		for v := range 256 {
			if word := test.word(uint8(v)); word != fmt.Sprintf("fetch.%s(%d)", test.enumeration, v) {
				words[word] = true
				assert.Check(t, is.Len(words, v+1), "%s: %s", test.enumeration, word)
			}
		}
		assert.Check(t, is.Len(words, constants(t, test.enumeration)), test.enumeration)
	}
}

// constants counts the constants of an enumeration in the package's source.
func constants(t *testing.T, enumeration string) int {
	files, err := filepath.Glob("*.go")
	assert.NilError(t, err)
	count := 0
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		assert.NilError(t, err)
		for _, decl := range file.Decls {
			block, ok := decl.(*ast.GenDecl)
			if !ok || block.Tok != token.CONST {
				continue
			}
			first := block.Specs[0].(*ast.ValueSpec)
			if of, ok := first.Type.(*ast.Ident); ok && of.Name == enumeration {
				count += len(block.Specs)
			}
		}
	}
	return count
}

func TestParseWords(t *testing.T) {
	for m := fetch.ModeNoCORS; m <= fetch.ModeNavigate; m++ {
		got, err := fetch.ParseMode(m.String())
		assert.Check(t, err == nil && got == m, "%v", m)
	}
	for c := fetch.CredentialsSameOrigin; c <= fetch.CredentialsOmit; c++ {
		got, err := fetch.ParseCredentialsMode(c.String())
		assert.Check(t, err == nil && got == c, "%v", c)
	}
	for r := fetch.RedirectFollow; r <= fetch.RedirectManual; r++ {
		got, err := fetch.ParseRedirectMode(r.String())
		assert.Check(t, err == nil && got == r, "%v", r)
	}
	for c := fetch.CacheDefault; c <= fetch.CacheOnlyIfCached; c++ {
		got, err := fetch.ParseCacheMode(c.String())
		assert.Check(t, err == nil && got == c, "%v", c)
	}
}

func TestParseWordsErrors(t *testing.T) {
	_, err := fetch.ParseMode("CORS")
	assert.Error(t, err, `unknown mode "CORS"; known: no-cors, cors, same-origin, navigate`)
	_, err = fetch.ParseCredentialsMode("")
	assert.Error(t, err, `unknown credentials mode ""; known: same-origin, include, omit`)
	_, err = fetch.ParseRedirectMode("follow ")
	assert.Error(t, err, `unknown redirect mode "follow "; known: follow, error, manual`)
	_, err = fetch.ParseCacheMode("fetch.CacheMode(9)")
	assert.Error(t, err, `unknown cache mode "fetch.CacheMode(9)"; known: default, no-store, reload, no-cache, force-cache, only-if-cached`)
}
