package bulk_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/bulk"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain/console"
)

// crawlVerdict is a line of corsim about a request of the crawl.
type crawlVerdict struct {
	Console, Kind, Outcome string
	Failure                struct{ Reason string }
}

// blames reports whether the verdict has one of some reasons.
func (v *crawlVerdict) blames(reasons []fetch.Reason) bool {
	return v.Outcome == "blocked" && slices.ContainsFunc(reasons, func(r fetch.Reason) bool { return string(r) == v.Failure.Reason })
}

// judgeCrawl returns the verdicts of the profile of Chromium on a file of testdata/crawl.
func judgeCrawl(t *testing.T, name string) []crawlVerdict {
	t.Helper()
	file, err := os.Open("testdata/crawl/" + name)
	assert.NilError(t, err)
	defer file.Close()
	p, err := browser.ProfileByName("chromium")
	assert.NilError(t, err)
	var out bytes.Buffer
	_, err = (&bulk.Runner{Profile: p, Strict: true}).Run(context.Background(), file, name, &out)
	assert.NilError(t, err)
	return decodeLines[crawlVerdict](t, &out)
}

func decodeLines[T any](t *testing.T, in io.Reader) (out []T) {
	t.Helper()
	for d := json.NewDecoder(in); d.More(); {
		var v T
		assert.NilError(t, d.Decode(&v))
		out = append(out, v)
	}
	return out
}

// In a crawl of 120 pages by a real Chromium, all verdicts are Chromium's own: of the rows that HTTP Archive would have, as
// its console says; of the entries of the HAR file, as its codes say.
func TestCrawl(t *testing.T) {
	t.Run("rows", func(t *testing.T) {
		counts := make(map[string]int)
		for _, v := range judgeCrawl(t, "requests.jsonl.gz") {
			counts[v.Console]++
		}
		assert.DeepEqual(t, counts, map[string]int{"": 277, "same-reason": 292, "neither-blocks": 368})
	})
	t.Run("har", func(t *testing.T) {
		got, want := judgeCrawl(t, "crawl.har.gz"), chromiumVerdicts(t)
		assert.Equal(t, len(got), len(want))
		for i, w := range want {
			if len(w.reasons) == 0 {
				assert.Check(t, got[i].Outcome != "blocked", "entry %d: Chromium blocks nothing, corsim: %v", i, got[i])
			} else {
				assert.Check(t, got[i].blames(w.reasons), "entry %d: Chromium says %s, corsim: %v", i, w.word, got[i])
			}
		}
	})
}

// chromiumVerdict is why Chromium blocked a request: its own word, and the reasons that it stands for; none if
// it did not block it.
type chromiumVerdict struct {
	word    string
	reasons []fetch.Reason
}

func chromiumVerdicts(t *testing.T) (out []chromiumVerdict) {
	t.Helper()
	file, err := os.Open("testdata/crawl/verdicts.jsonl.gz")
	assert.NilError(t, err)
	defer file.Close()
	plain, err := gzip.NewReader(file)
	assert.NilError(t, err)
	pages := make(map[string]bool)
	for _, line := range decodeLines[struct{ Page, Code, Blocked string }](t, plain) {
		pages[line.Page] = true
		v := chromiumVerdict{word: line.Code + line.Blocked}
		for _, m := range console.ByCode(line.Code) {
			v.reasons = append(v.reasons, m.Reasons...)
		}
		switch {
		case strings.HasPrefix(line.Blocked, "corp-"):
			v.reasons = []fetch.Reason{fetch.ReasonCORP}
		case line.Blocked == "mixed-content":
			v.reasons = []fetch.Reason{fetch.ReasonMixedContent}
		}
		assert.Equal(t, v.word != "", len(v.reasons) > 0, v.word)
		out = append(out, v)
	}
	assert.Equal(t, len(pages), 120)
	return out
}
