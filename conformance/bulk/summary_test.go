package bulk_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/bulk"
	"github.com/corsim/corsim/fetch/browser"
)

// summarized returns the summary of lines.
func summarized(t testing.TB, lines string) *bulk.Summary {
	t.Helper()
	s := bulk.NewSummary("spec")
	r := bulk.Runner{Profile: browser.Spec(), Summary: s}
	var out bytes.Buffer
	_, err := r.Run(context.Background(), strings.NewReader(lines), "in", &out)
	assert.NilError(t, err)
	return s
}

func TestSummary(t *testing.T) {
	put := `{"page":"https://a.test/","url":"https://b.test/","method":"PUT","preflight":{"status":204,"headers":[["Access-Control-Allow-Origin","*"],` +
		`["Access-Control-Allow-Methods",%q],["Access-Control-Max-Age","60"]]},"response":{"status":200,"headers":[["Access-Control-Allow-Origin",%q]]}}` + "\n"
	s := summarized(t, fmt.Sprintf(put, "PUT", "*")+fmt.Sprintf(put, "PUT", "https://a.test")+fmt.Sprintf(put, "GET", "null")+
		fmt.Sprintf(put, "DELETE", "*")+fmt.Sprintf(put, "PUT", "https://c.test")+"{\n")
	assert.Equal(t, s.Judged, 5)
	assert.Equal(t, s.Skipped, 1)
	assert.DeepEqual(t, s.Outcomes, bulk.Counts{"shared": 2, "blocked": 3})
	assert.DeepEqual(t, s.Reasons, bulk.Counts{"method-not-allowed": 2, "allow-origin-mismatch": 1})
	assert.DeepEqual(t, s.PreflightReasons, bulk.Counts{"method-not-allowed": 2})
	assert.DeepEqual(t, s.AllowOrigin, bulk.Counts{"*": 2, "the page's origin": 1, "null": 1, "another origin": 1})
	assert.DeepEqual(t, s.OneHeaderAway, bulk.Counts{"more": 1, "Access-Control-Allow-Methods": 1, "Access-Control-Allow-Origin": 1})
	assert.DeepEqual(t, s.MaxAge, bulk.Counts{"less than 10 minutes": 3})
	assert.Equal(t, s.Saved(), 2)
}

// The summaries of parts add up to the summary of the whole, in any order, and as
// bytes. There are more different preflights than a sample holds.
func TestSummariesAddUp(t *testing.T) {
	lines := strings.SplitAfter(recordedLines(3*4*bulk.MaxSample), "\n")
	whole := summarized(t, strings.Join(lines, ""))
	assert.Equal(t, len(whole.PreflightSample), bulk.MaxSample)
	estimate := whole.PreflightSample.Estimate()
	assert.Assert(t, 2700 < estimate && estimate < 3450, estimate)
	sum := bulk.NewSummary("spec")
	for _, cut := range [][2]int{{9000, len(lines)}, {0, 17}, {17, 9000}} {
		part := summarized(t, strings.Join(lines[cut[0]:cut[1]], ""))
		read, err := bulk.DecodeSummary(bytes.NewReader(part.AppendJSON(nil)))
		assert.NilError(t, err)
		assert.NilError(t, sum.Add(read))
	}
	assert.Equal(t, string(sum.AppendJSON(nil)), string(whole.AppendJSON(nil)))
	assert.ErrorContains(t, sum.Add(bulk.NewSummary("webkit")), "cannot be added")
}

func TestReports(t *testing.T) {
	s := summarized(t, recordedLines(8)+`{"id":"<b>","page":"https://a.test/","url":"https://b.test/","response":{"status":200}}`)
	var text, page bytes.Buffer
	assert.NilError(t, s.WriteText(&text))
	assert.Assert(t, strings.Contains(text.String(), "             3   33.3 %  not there\n"), text.String())
	assert.NilError(t, s.WriteHTML(&page))
	for _, out := range []string{text.String(), page.String()} {
		tables := strings.Count(out, "Exchanges: what was not recorded")
		assert.Equal(t, tables, 6, out)
	}
	assert.Equal(t, strings.Count(page.String(), "<svg"), 6)
	assert.Assert(t, !strings.Contains(page.String(), "src="))
}

func FuzzDecodeSummary(f *testing.F) {
	f.Add(string(summarized(f, recordedLines(4)).AppendJSON(nil)))
	f.Add(`{"schema":1,"reasons":null,"preflightSample":[2,1]}`)
	f.Fuzz(func(t *testing.T, in string) {
		s, err := bulk.DecodeSummary(strings.NewReader(in))
		if err != nil {
			return
		}
		again, err := bulk.DecodeSummary(bytes.NewReader(s.AppendJSON(nil)))
		assert.NilError(t, err)
		assert.Equal(t, string(again.AppendJSON(nil)), string(s.AppendJSON(nil)))
		assert.NilError(t, s.WriteText(&bytes.Buffer{}))
		assert.NilError(t, s.WriteHTML(&bytes.Buffer{}))
	})
}
