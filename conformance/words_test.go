package conformance

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/bulk"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/cookie"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/httpcache"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/lint"
	"github.com/corsim/corsim/fetch/server/recipe"
	"github.com/corsim/corsim/fetch/server/syntax"
	"github.com/corsim/corsim/fetch/server/yamltext"
)

// enumeration is a type whose constants each have a word.
type enumeration struct {
	word  func(uint8) string
	parse func(string) (uint8, error)
}

func enumerated[T interface {
	~uint8
	fmt.Stringer
}](parse func(string) (T, error)) enumeration {
	return enumeration{
		word:  func(v uint8) string { return T(v).String() },
		parse: func(word string) (uint8, error) { v, err := parse(word); return uint8(v), err },
	}
}

// enumerations are all exported enumerations of the packages that others can
// import.
var enumerations = map[string]enumeration{
	"fetch.Mode":                  enumerated(fetch.ParseMode),
	"fetch.CredentialsMode":       enumerated(fetch.ParseCredentialsMode),
	"fetch.RedirectMode":          enumerated(fetch.ParseRedirectMode),
	"fetch.CacheMode":             enumerated(fetch.ParseCacheMode),
	"fetch.Tainting":              enumerated(fetch.ParseTainting),
	"fetch.ResponseType":          enumerated(fetch.ParseResponseType),
	"fetch.RedirectTaint":         enumerated(fetch.ParseRedirectTaint),
	"fetch.EmbedderPolicy":        enumerated(fetch.ParseEmbedderPolicy),
	"fetch.AddressSpace":          enumerated(fetch.ParseAddressSpace),
	"fetch.LocationState":         enumerated(fetch.ParseLocationState),
	"fetch.ExtractionState":       enumerated(fetch.ParseExtractionState),
	"fetch.Kind":                  enumerated(fetch.ParseKind),
	"fetch.CauseKind":             enumerated(fetch.ParseCauseKind),
	"fetch.HeaderCause":           enumerated(fetch.ParseHeaderCause),
	"fetch.ConnectionFault":       enumerated(fetch.ParseConnectionFault),
	"policy.FrameOptionsState":    enumerated(policy.ParseFrameOptionsState),
	"browser.SocketEvent":         enumerated(browser.ParseSocketEvent),
	"browser.PreloadMismatch":     enumerated(browser.ParsePreloadMismatch),
	"browser.ServiceWorkerAction": enumerated(browser.ParseServiceWorkerAction),
	"browser.FrameEvent":          enumerated(browser.ParseFrameEvent),
	"policy.IntegrityFault":       enumerated(policy.ParseIntegrityFault),
	"policy.PermissionState":      enumerated(policy.ParsePermissionState),
	"policy.CSPDispositions":      enumerated(policy.ParseCSPDispositions),
	"policy.LocalNetworkVerdict":  enumerated(policy.ParseLocalNetworkVerdict),
	"cookie.SameSite":             enumerated(func(word string) (cookie.SameSite, error) { return cookie.ParseSameSite(word), nil }),
	"httpcache.Use":               enumerated(httpcache.ParseUse),
	"browser.Outcome":             enumerated(browser.ParseOutcome),
	"browser.API":                 enumerated(browser.ParseAPI),
	"browser.Tag":                 enumerated(browser.ParseTag),
	"browser.ImageProperty":       enumerated(browser.ParseImageProperty),
	"browser.ExchangeKind":        enumerated(browser.ParseExchangeKind),
	"browser.Engine":              enumerated(browser.ParseEngine),
	"browser.NotFollowedReason":   enumerated(browser.ParseNotFollowedReason),
	"browser.CrossOrigin": enumerated(func(word string) (browser.CrossOrigin, error) {
		// Parsing is for an attribute that is there.
		if word == browser.CrossOriginNone.String() {
			return browser.CrossOriginNone, nil
		}
		return browser.ParseCrossOrigin(word), nil
	}),
	"explain.Reached":       enumerated(explain.ParseReached),
	"server.Confidence":     enumerated(server.ParseConfidence),
	"syntax.FaultKind":      enumerated(syntax.ParseFaultKind),
	"syntax.ListForm":       enumerated(syntax.ParseListForm),
	"yamltext.Form":         enumerated(yamltext.ParseForm),
	"recipe.System":         enumerated(recipe.ParseSystem),
	"lint.Proof":            enumerated(lint.ParseProof),
	"lint.Severity":         enumerated(lint.ParseSeverity),
	"conformance.Dimension": enumerated(ParseDimension),
	"scenario.Missing":      enumerated(scenario.ParseMissing),
	"bulk.Form":             enumerated(bulk.ParseForm),
}

// Each constant of an enumeration has a word of its own, and parsing the word
// gives the constant.
func TestWordsOfEnumerations(t *testing.T) {
	counts := countConstants(t)
	assert.DeepEqual(t, slices.Sorted(maps.Keys(counts)), slices.Sorted(maps.Keys(enumerations)))
	for name, e := range enumerations {
		words := make(map[string]bool)
		for v := range counts[name] {
			word := e.word(v)
			assert.Check(t, word != "" && !words[word], "%s: %q stands for two constants, or is empty", name, word)
			words[word] = true
			got, err := e.parse(word)
			assert.Check(t, err == nil && got == v, "%s: %q is parsed as %d, not %d: %v", name, word, got, v, err)
		}
		none := counts[name]
		assert.Check(t, e.word(none) == fmt.Sprintf("%s(%d)", name, none), "%s: there is a word, %q, without a constant", name, e.word(none))
	}
}

// countConstants counts the exported constants of each exported enumeration: a
// type of uint8 whose constants count from 0 with iota.
func countConstants(t *testing.T) map[string]uint8 {
	t.Helper()
	counts := make(map[string]uint8)
	eachFile(t, func(path, pkg string, file *ast.File) {
		if strings.Contains(path, "/internal/") {
			return
		}
		for _, decl := range file.Decls {
			block, ok := decl.(*ast.GenDecl)
			if !ok || block.Tok != token.CONST {
				continue
			}
			first := block.Specs[0].(*ast.ValueSpec)
			of, _ := first.Type.(*ast.Ident)
			if of == nil || !of.IsExported() || len(first.Values) == 0 {
				continue
			}
			if value, _ := first.Values[0].(*ast.Ident); value == nil || value.Name != "iota" {
				continue
			}
			for _, spec := range block.Specs {
				if spec.(*ast.ValueSpec).Names[0].IsExported() {
					counts[pkg+"."+of.Name]++
				}
			}
		}
	})
	return counts
}

// eachFile parses all files of the module but those of tests.
func eachFile(t *testing.T, visit func(path, pkg string, file *ast.File)) {
	t.Helper()
	files := token.NewFileSet()
	for dir, p := range packages(t) {
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(files, filepath.Join("..", dir, name), nil, parser.SkipObjectResolution)
			assert.NilError(t, err)
			visit(dir+"/"+name, p.Name, file)
		}
	}
}
