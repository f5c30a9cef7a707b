package origin

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/publicsuffix"
	"gotest.tools/v3/assert"
)

// listedRules returns the rules of the list in the module that go.mod names.
func listedRules(t testing.TB) map[string]bool {
	t.Helper()
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", "golang.org/x/net/publicsuffix").Output()
	assert.NilError(t, err)
	source, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "table_test.go"))
	assert.NilError(t, err)
	_, list, ok := strings.Cut(string(source), "var rules = [...]string{\n")
	assert.Assert(t, ok)
	list, _, _ = strings.Cut(list, "\n}\n")
	out := map[string]bool{}
	for _, match := range regexp.MustCompile(`(?m)^\t"(.+)",$`).FindAllStringSubmatch(list, -1) {
		out[match[1]] = true
	}
	return out
}

// samePublicSuffix compares the table with the module that it is made from. A
// suffix of one label is in the list when it is a rule or the rest of an
// exception: the module also counts za, which only has rules below it.
func samePublicSuffix(t testing.TB, rules map[string]bool, domain string) {
	t.Helper()
	suffix, listed := publicSuffix(domain)
	want, _ := publicsuffix.PublicSuffix(domain)
	labels := strings.Split(domain, ".")
	exception := "!" + strings.Join(labels[max(0, len(labels)-2):], ".")
	wantListed := rules[want] || rules[exception] || strings.Contains(want, ".")
	if suffix != want || listed != wantListed {
		t.Errorf("%s: %s, listed: %t; want %s, %t", domain, suffix, listed, want, wantListed)
	}
}

// TestPublicSuffixes fails when the table is older than the module. Then run
// "go generate ./origin".
func TestPublicSuffixes(t *testing.T) {
	assert.Equal(t, suffixListVersion, fmt.Sprint(publicsuffix.List))
	rules := listedRules(t)
	assert.Assert(t, len(rules) > 9000)
	for rule := range rules {
		name := strings.TrimPrefix(rule, "!")
		for _, domain := range []string{
			name, strings.Replace(name, "*", "a", 1), strings.TrimPrefix(name, "*."), "a." + name, "b.a." + name, "a" + name,
			"." + strings.TrimPrefix(name, "*."),
			name + ".a", name[strings.IndexByte(name, '.')+1:],
		} {
			samePublicSuffix(t, rules, domain)
		}
	}
}

// TestPublicSuffixesAtRandom tests names that are made of labels of the list,
// in any order, and of other labels.
func TestPublicSuffixesAtRandom(t *testing.T) {
	rules := listedRules(t)
	var labels []string
	for _, rule := range slices.Sorted(maps.Keys(rules)) {
		labels = append(labels, strings.Split(strings.TrimPrefix(rule, "!"), ".")...)
	}
	labels = append(labels, "", "a", "example", "zzz", "xn--")
	r := rand.New(rand.NewPCG(1, 2))
	for range 50_000 {
		name := make([]string, 1+r.IntN(5))
		for i := range name {
			name[i] = labels[r.IntN(len(labels))]
		}
		samePublicSuffix(t, rules, strings.Join(name, "."))
	}
}

func TestPublicSuffixAllocatesNothing(t *testing.T) {
	for _, domain := range []string{"www.example.co.uk", "a.b.kobe.jp", "city.kobe.jp", "x.compute.amazonaws.com", "example.unlisted"} {
		assert.Equal(t, testing.AllocsPerRun(100, func() { publicSuffix(domain) }), 0.0, domain)
	}
}

func BenchmarkPublicSuffix(b *testing.B) {
	domains := []string{"www.example.com", "www.example.co.uk", "a.b.kobe.jp", "bucket.s3.amazonaws.com", "example.unlisted"}
	for name, f := range map[string]func(string) (string, bool){"table": publicSuffix, "x-net": publicsuffix.PublicSuffix} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := range b.N {
				f(domains[i%len(domains)])
			}
		})
	}
}

func TestMostSuffixLabels(t *testing.T) {
	most := 0
	for _, start := range suffixStarts {
		topLevel := topLabel(suffixData[start+1:])
		for name, rule := range suffixRulesBelow(topLevel) {
			labels := strings.Count(name, ".") + 1
			if rule&suffixWildcard != 0 {
				labels++
			}
			most = max(most, labels)
		}
	}
	assert.Equal(t, most, mostSuffixLabels)
}
