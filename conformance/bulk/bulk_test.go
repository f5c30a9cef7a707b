package bulk_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	"pgregory.net/rapid"

	"github.com/corsim/corsim/conformance/bulk"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

// recordedLines returns n typical recordings. Most of their responses are shared.
func recordedLines(n int) string {
	shapes := []string{
		`{"page":"https://myapp.com/","url":"https://api.example.com/v1/users/%d?fields=name,email","response":{"status":200,"headers":[["content-type","application/json; charset=utf-8"],["content-length","1024"],["date","Mon, 05 Jan 2026 10:00:00 GMT"],["access-control-allow-origin","https://myapp.com"],["vary","Origin"],["cache-control","no-store"]]}}`,
		`{"page":"https://myapp.com/","url":"https://api.example.com/v1/users/%d","method":"PUT","headers":[["content-type","application/json"],["x-requested-with","XMLHttpRequest"]],"credentials":"include","preflight":{"status":204,"headers":[["access-control-allow-origin","https://myapp.com"],["access-control-allow-credentials","true"],["access-control-allow-methods","GET, POST, PUT, DELETE"],["access-control-allow-headers","content-type, x-requested-with"],["access-control-max-age","600"]]},"response":{"status":200,"headers":[["content-type","application/json; charset=utf-8"],["content-length","17"],["access-control-allow-origin","https://myapp.com"],["access-control-allow-credentials","true"],["vary","Origin"]]}}`,
		`{"page":"https://myapp.com/","url":"https://cdn.example.net/assets/%d.json","response":{"status":200,"headers":[["content-type","application/json"],["content-length","99"],["access-control-allow-origin","*"],["etag","\"5f3a\""],["server","nginx"]]}}`,
		`{"page":"https://myapp.com/","url":"https://other.example.org/data/%d","response":{"status":200,"headers":[["content-type","text/html; charset=utf-8"],["content-length","5120"],["server","nginx"],["x-powered-by","Express"]]}}`,
	}
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, shapes[i%len(shapes)]+"\n", i)
	}
	return out.String()
}

func judged(t testing.TB, b bulk.Runner, lines string) (string, bulk.Tally) {
	t.Helper()
	b.Profile = browser.Spec()
	var out bytes.Buffer
	tally, err := b.Run(context.Background(), strings.NewReader(lines), "in", &out)
	assert.NilError(t, err)
	return out.String(), tally
}

func TestBulkVerdicts(t *testing.T) {
	for _, test := range []struct{ name, line, want string }{
		{name: "shared", line: `{"id":"a","page":"https://a.test/","url":"https://b.test/","response":{"status":200,"headers":[["Access-Control-Allow-Origin","*"]]}}`,
			want: `{"id":"a","kind":"simple","outcome":"shared"}`},
		{name: "blocked", line: `{"page":"https://a.test/","url":"https://b.test/","response":{"status":200}}`,
			want: `{"line":1,"kind":"simple","outcome":"blocked","failure":{"reason":"allow-origin-missing","header":"Access-Control-Allow-Origin","want":"https://a.test"}}`},
		{name: "preflight-blocked", line: `{"page":"https://a.test/","url":"https://b.test/","method":"PUT","preflight":{"status":404},"response":{"status":200}}`,
			want: `{"line":1,"kind":"preflighted","outcome":"blocked","failure":{"reason":"allow-origin-missing","preflight":true,"header":"Access-Control-Allow-Origin","want":"https://a.test"}}`},
		{name: "preflight-not-recorded", line: `{"page":"https://a.test/","url":"https://b.test/","method":"PUT","response":{"status":200,"headers":[["Access-Control-Allow-Origin","*"]]}}`,
			want: `{"line":1,"kind":"preflighted","outcome":"shared","assumed":true}`},
		{name: "redirect", line: `{"page":"https://a.test/","url":"https://b.test/","response":{"status":302,"headers":[["Access-Control-Allow-Origin","*"],["Location","/x"]]}}`,
			want: `{"line":1,"kind":"simple","outcome":"redirect"}`},
		{name: "redirect-to-itself", line: `{"page":"https://a.test/","url":"https://b.test/","response":{"status":302,"headers":[["Access-Control-Allow-Origin","*"],["Location","/"]]}}`,
			want: `{"line":1,"kind":"simple","outcome":"redirect"}`},
		{name: "redirect-not-shared", line: `{"page":"https://a.test/","url":"https://b.test/","response":{"status":302,"headers":[["Location","/x"]]}}`,
			want: `{"line":1,"kind":"simple","outcome":"blocked","failure":{"reason":"allow-origin-missing","header":"Access-Control-Allow-Origin","want":"https://a.test"}}`},
		{name: "opaque", line: `{"page":"https://a.test/","url":"https://b.test/","mode":"no-cors","response":{"status":200}}`,
			want: `{"line":1,"kind":"no-cors","outcome":"opaque"}`},
		{name: "threw", line: `{"page":"https://a.test/","url":"https://b.test/","method":"TRACE","response":{"status":200}}`,
			want: `{"line":1,"outcome":"threw","failure":{"reason":"method-forbidden","got":"TRACE"}}`},
		{name: "mixed-content-on-localhost", line: `{"page":"http://localhost/","url":"http://b.test/","response":{"status":200,"headers":[["Access-Control-Allow-Origin","*"]]}}`,
			want: `{"line":1,"kind":"simple","outcome":"blocked","failure":{"reason":"mixed-content","got":"http://b.test/"}}`},
		{name: "same-origin", line: `{"page":"http://a.test/","url":"/x","response":{"status":200}}`,
			want: `{"line":1,"kind":"same-origin","outcome":"shared"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, _ := judged(t, bulk.Runner{}, test.line)
			assert.Equal(t, got, test.want+"\n")
		})
	}
}

// Verdicts have the order of the lines, for any number of workers.
func TestBulkKeepsOrder(t *testing.T) {
	lines := recordedLines(5000)
	one, tally := judged(t, bulk.Runner{Workers: 1}, lines)
	assert.DeepEqual(t, tally, bulk.Tally{Next: 5001, Judged: 5000, Blocked: 1250})
	many, _ := judged(t, bulk.Runner{Workers: 7}, lines)
	assert.Assert(t, one == many)
	rest, tally := judged(t, bulk.Runner{FromLine: 4001}, lines)
	assert.Assert(t, strings.HasSuffix(one, "\n"+rest))
	assert.Equal(t, tally.Judged, 1000)
}

func TestBulkSkipsBadLines(t *testing.T) {
	good := recordedLines(1)
	lines := good + "{\n\n" + good + `{"page":"","url":"https://b.test/","response":{"status":200}}` + "\n" +
		strings.Repeat("x", bulk.MaxLine+1<<20) + "\n" + strings.TrimSuffix(good, "\n")
	var skipped []string
	got, tally := judged(t, bulk.Runner{Skipped: func(e *server.InputError) { skipped = append(skipped, e.Error()) }}, lines)
	assert.Equal(t, strings.Count(got, "\n"), 6)
	assert.Equal(t, strings.Count(got, `,"error":"`), 3)
	assert.DeepEqual(t, tally, bulk.Tally{Next: 8, Judged: 3, Skipped: 3})
	assert.Equal(t, len(skipped), 3)
	assert.Equal(t, skipped[0], "in:2: not JSON: the line ends too early")
	assert.Equal(t, skipped[2], "in:6: the line has more than 16777216 bytes")

	strict := bulk.Runner{Profile: browser.Spec(), Strict: true}
	tally, err := strict.Run(context.Background(), strings.NewReader(lines), "in", io.Discard)
	assert.Error(t, err, "in:2: not JSON: the line ends too early")
	assert.Equal(t, tally.Judged, 1)
}

// The fast path of a judge has the same verdict as a simulated browser.
func TestShortWayIsTheBrowsersWay(t *testing.T) {
	pick := func(t *rapid.T, label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	names := []string{"Accept", "content-type", "X-A", "Authorization", "Range", "Cookie", "a b", "x-a"}
	values := []string{"1", "text/plain", "application/json", "bytes=0-", " 1", "", strings.Repeat("x", 129), "\"\\n\""}
	answers := []string{"access-control-allow-origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Location", "x"}
	granted := []string{"*", "https://a.test", "http://a.test", "true", "PUT", "x-a, content-type", "/next", "a b", "", " *", "https://a.test/"}
	headers := func(t *rapid.T, label string, names, values []string) string {
		list := make([][2]string, rapid.IntRange(0, 6).Draw(t, label))
		for i := range list {
			list[i] = [2]string{pick(t, label, names...), pick(t, label, values...)}
		}
		text, _ := json.Marshal(list)
		return string(text)
	}
	rapid.Check(t, func(t *rapid.T) {
		line := fmt.Sprintf(`{"page":%q,"url":%q,"method":%q,"headers":%s,"credentials":%q,"redirect":%q,"response":{"status":%s,"headers":%s}`,
			pick(t, "page", "https://a.test/", "http://a.test/", "http://localhost/", "data:,x", "null"),
			pick(t, "url", "https://b.test/", "https://a.test/x#y", "http://b.test:25/", "http://b.test/", "https://u:p@b.test/", "/x", "https:x", "data:,x"),
			pick(t, "method", "GET", "get", "PUT", "patch", "TRACE", "POST", "a b", "HEAD"), headers(t, "header", names, values),
			pick(t, "credentials", "include", "omit", "same-origin"), pick(t, "redirect", "follow", "error", "manual"),
			pick(t, "status", "200", "204", "302", "401", "404", "421"), headers(t, "answer", answers, granted))
		if rapid.Bool().Draw(t, "preflight") {
			line += fmt.Sprintf(`,"preflight":{"status":%s,"headers":%s}`, pick(t, "pstatus", "200", "302", "403", "421"), headers(t, "panswer", answers, granted))
		}
		var r scenario.Recording
		assert.NilError(t, r.Decode(line+"}"))
		short, err := scenario.NewJudge(browser.Spec()).Judge(&r)
		assert.NilError(t, err)
		long, err := scenario.NewJudge(browser.Spec()).Simulate(&r)
		assert.NilError(t, err)
		if short.Outcome == browser.Threw {
			short.Kind = long.Kind
		}
		assert.DeepEqual(t, short, long)
	})
}

// peakMemory returns the growth of the heap while n lines are judged.
func peakMemory(t *testing.T, n int) uint64 {
	t.Helper()
	block := recordedLines(1000)
	readers := make([]io.Reader, n/1000)
	for i := range readers {
		readers[i] = strings.NewReader(block)
	}
	runtime.GC()
	var stats runtime.MemStats
	peak := uint64(0)
	b := bulk.Runner{Profile: browser.Spec(), Workers: 2, Progress: func(tally bulk.Tally) {
		if tally.Next%16 == 0 {
			runtime.ReadMemStats(&stats)
			peak = max(peak, stats.HeapInuse)
		}
	}}
	_, err := b.Run(t.Context(), io.MultiReader(readers...), "in", io.Discard)
	assert.NilError(t, err)
	return peak
}

func TestBulkMemoryIsFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("reads many lines")
	}
	few, many := peakMemory(t, 10_000), peakMemory(t, 200_000)
	assert.Assert(t, many < 2*few+16<<20, "%d bytes for 10 000 lines, %d for 200 000", few, many)
}

func TestBulkAllocatesLittle(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("coverage counts")
	}
	lines := strings.Split(strings.TrimSuffix(recordedLines(100), "\n"), "\n")
	judge, recording := scenario.NewJudge(browser.Spec()), new(scenario.Recording)
	var out []byte
	allocs := testing.AllocsPerRun(10, func() {
		for _, line := range lines {
			if err := recording.Decode(line); err != nil {
				t.Fatal(err)
			}
			verdict, err := judge.Judge(recording)
			if err != nil {
				t.Fatal(err)
			}
			out = verdict.AppendMembers(out[:0])
		}
	})
	assert.Assert(t, allocs/float64(len(lines)) <= 2, "%v allocations a line", allocs/float64(len(lines)))
}

// jsonRecording is a recording for encoding/json.
type jsonRecording struct {
	ID, Page, URL, Method, Credentials, Mode, Redirect string
	Headers                                            [][2]string
	Preflight, Response                                *struct {
		Status  int
		Headers [][2]string
	}
}

// BenchmarkBulk has two goals: four times the speed at which encoding/json decodes
// the lines, and two workers 1.7 times as fast as one.
func BenchmarkBulk(b *testing.B) {
	const n = 20_000
	lines := recordedLines(n)
	decode := func() {
		for _, line := range strings.Split(strings.TrimSuffix(lines, "\n"), "\n") {
			var r jsonRecording
			if err := json.Unmarshal([]byte(line), &r); err != nil {
				b.Fatal(err)
			}
		}
	}
	workers := func(n int) func() {
		return func() {
			runner := bulk.Runner{Profile: browser.Spec(), Workers: n}
			if _, err := runner.Run(b.Context(), strings.NewReader(lines), "in", io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		workers(1)()
	}
	quickest := [3]time.Duration{time.Hour, time.Hour, time.Hour}
	for range 5 {
		for i, f := range []func(){workers(1), workers(2), decode} {
			start := time.Now()
			f()
			quickest[i] = min(quickest[i], time.Since(start))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/line")
	b.ReportMetric(float64(quickest[2])/float64(quickest[0]), "x-rate-of-encoding/json")
	b.ReportMetric(float64(quickest[0])/float64(quickest[1]), "x-on-two")
}
