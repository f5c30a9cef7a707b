package bulk_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/bulk"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

// The verdict on a line with a scenario is the result of the scenario.
func TestScenariosInBulk(t *testing.T) {
	guide, err := os.ReadFile("../testdata/guide.jsonl")
	assert.NilError(t, err)
	got, tally := judged(t, bulk.Runner{}, string(guide))
	assert.Equal(t, tally.Skipped, 0)
	lines, r, blocked := strings.Split(strings.TrimSuffix(got, "\n"), "\n"), conformance.Guide(), 0
	assert.Equal(t, tally.Judged, len(lines))
	for _, line := range lines {
		s, err := r.Read()
		assert.NilError(t, err)
		run, err := (&scenario.Runner{Profile: browser.Spec()}).Run(t.Context(), s)
		assert.NilError(t, err)
		var verdict struct {
			ID    string
			Steps []struct{ Outcome, Reason string }
		}
		assert.NilError(t, json.Unmarshal([]byte(line), &verdict))
		assert.Equal(t, verdict.ID, s.Name)
		no := false
		for i, step := range run.Steps {
			want := "waited"
			if step.Result != nil {
				v := scenario.VerdictOf(step.Result)
				want, no = v.Outcome.String(), no || v.IsNo()
			}
			assert.Equal(t, verdict.Steps[i].Outcome, want, s.Name)
		}
		if no {
			blocked++
		}
	}
	assert.Equal(t, tally.Blocked, blocked)
}

// The verdicts agree with what the page saw in the recorded browser.
func TestRecordedHAR(t *testing.T) {
	for name, c := range map[string]struct {
		profile *browser.Profile
		tally   bulk.Tally
		other   []int // entries that are not requests of the page
	}{
		"chromium-devtools": {browser.Chromium(), bulk.Tally{Form: bulk.HAR, Next: 22, Judged: 22, Blocked: 6}, []int{1}},
		"firefox-devtools":  {browser.Firefox(), bulk.Tally{Form: bulk.HAR, Next: 24, Judged: 24, Blocked: 7}, []int{16}},
	} {
		t.Run(name, func(t *testing.T) {
			file, err := os.Open("../capture/testdata/" + name + ".har")
			assert.NilError(t, err)
			defer file.Close()
			r := bulk.Runner{Profile: c.profile}
			var out bytes.Buffer
			tally, err := r.Run(t.Context(), file, "in", &out)
			assert.NilError(t, err)
			assert.DeepEqual(t, tally, c.tally)
			var got []string
			for line := range strings.Lines(out.String()) {
				var v struct {
					Entry   int
					Outcome string
				}
				assert.NilError(t, json.Unmarshal([]byte(line), &v))
				switch {
				case slices.Contains(c.other, v.Entry):
				case v.Outcome == "redirect", v.Outcome == "": // the result is in another entry
				case v.Outcome == "unanswered":
					got = append(got, "blocked")
				default:
					got = append(got, v.Outcome)
				}
			}
			assert.DeepEqual(t, got, seenByThePage(t, name))
		})
	}
}

// seenByThePage returns the result of each request.
func seenByThePage(t *testing.T, name string) (outcomes []string) {
	t.Helper()
	text, err := os.ReadFile("../capture/testdata/" + name + ".results.jsonl")
	assert.NilError(t, err)
	for line := range strings.Lines(string(text)) {
		var result struct{ Outcome string }
		assert.NilError(t, json.Unmarshal([]byte(line), &result))
		outcomes = append(outcomes, result.Outcome)
	}
	return outcomes
}

const entry = `{"request":{"method":"GET","url":"https://b.test/%d","headers":[{"name":"Origin","value":"https://a.test"}]},"response":{"status":200,"headers":[{"name":"Access-Control-Allow-Origin","value":"*"}],"content":{"text":"%s"}}}`

// harFile generates a HAR file with a number of entries and the length of their
// bodies. It does not keep the file.
func harFile(entries, body int) io.Reader {
	r, w := io.Pipe()
	before, after, _ := strings.Cut(entry, "%s")
	go func() {
		out := bufio.NewWriter(w)
		out.WriteString(`{"log":{"creator":{"name":"x"},"entries":[`)
		for i := range entries {
			if i > 0 {
				out.WriteString(",")
			}
			fmt.Fprintf(out, before, i)
			_, _ = io.CopyN(out, letters{}, int64(body))
			out.WriteString(after)
		}
		out.WriteString(`]}}`)
		w.CloseWithError(out.Flush())
	}()
	return r
}

// letters is a text without an end.
type letters struct{}

func (letters) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// A HAR file may be longer than memory, and so may a body in it.
func TestHARMemoryIsFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("reads many entries")
	}
	peak := func(entries, body int) uint64 {
		in := harFile(entries, body)
		runtime.GC()
		var stats runtime.MemStats
		peak := uint64(0)
		r := bulk.Runner{Profile: browser.Spec(), Workers: 2, Progress: func(bulk.Tally) {
			runtime.ReadMemStats(&stats)
			peak = max(peak, stats.HeapInuse)
		}}
		tally, err := r.Run(t.Context(), in, "in", io.Discard)
		assert.NilError(t, err)
		assert.Equal(t, tally.Judged, entries)
		return peak
	}
	few, many, long := peak(1000, 1), peak(30_000, 1), peak(1, 64<<20)
	assert.Check(t, many < 2*few+8<<20, "%d bytes for 1 000 entries, %d for 30 000", few, many)
	assert.Check(t, long < 2*few+8<<20, "%d bytes for 1 000 entries, %d with a body of 64 MiB", few, long)
}

// Run finds out the form of a stream from as few bytes as possible.
func TestForms(t *testing.T) {
	har := `{"log":{"entries":[` + fmt.Sprintf(entry, 1, "") + `]}}`
	line := recordedLines(1)
	for name, c := range map[string]struct {
		in     string
		form   bulk.Form
		judged int
		err    string
	}{
		"lines":               {in: line, judged: 1},
		"blank-lines-before":  {in: "\n \n" + line, judged: 1},
		"har":                 {in: har, form: bulk.HAR, judged: 1},
		"har-after-blanks":    {in: "\ufeff\r\n  " + har, form: bulk.HAR, judged: 1},
		"har-on-many-lines":   {in: strings.ReplaceAll(har, `{`, "{\n  "), form: bulk.HAR, judged: 1},
		"har-with-a-comment":  {in: strings.Replace(har, `{`, "{\n\"comment\":{\"log\":1},", 1), form: bulk.HAR, judged: 1},
		"not-lines-nor-har":   {in: "{\n}", form: bulk.HAR, err: "in: not a HAR file: there is no log with entries"},
		"nothing":             {in: ""},
		"empty-har":           {in: `{"log":{"entries":[]}}`, form: bulk.HAR},
		"har-that-breaks-off": {in: har[:len(har)-2], form: bulk.HAR, judged: 1, err: "too early"},
		"har-of-wrong-ends":   {in: `{"log":{"entries":[{}}}`, form: bulk.HAR, err: "in: not a HAR file: invalid character '}'"},
		"half-a-beginning":    {in: `{"lo`},
	} {
		t.Run(name, func(t *testing.T) {
			r := bulk.Runner{Profile: browser.Spec()}
			tally, err := r.Run(t.Context(), iotest.OneByteReader(strings.NewReader(c.in)), "in", io.Discard)
			if c.err == "" {
				assert.NilError(t, err)
			} else {
				assert.ErrorContains(t, err, c.err)
			}
			assert.Equal(t, tally.Judged, c.judged)
			assert.Equal(t, tally.Form, c.form)
		})
	}
}

// Run does not wait for a pipe if the first bytes show the form.
func TestFirstLineIsNotWaitedFor(t *testing.T) {
	in, w := io.Pipe()
	out, results := io.Pipe()
	go func() {
		r := bulk.Runner{Profile: browser.Spec()}
		_, err := r.Run(t.Context(), in, "in", results)
		results.CloseWithError(err)
	}()
	for range 2 {
		_, err := io.WriteString(w, recordedLines(1))
		assert.NilError(t, err)
		line := make([]byte, len(`{"line":1,"kind":"simple","outcome":"shared"}`)+1)
		_, err = io.ReadFull(out, line)
		assert.NilError(t, err)
	}
	w.Close()
	_, err := out.Read(nil)
	assert.Check(t, err == nil || errors.Is(err, io.EOF))
}

// FuzzRun checks that each record that is not blank has a verdict or an error, for
// every stream and every way to divide it, and that the number of workers does not
// change the output.
func FuzzRun(f *testing.F) {
	har := `{"log":{"entries":[` + fmt.Sprintf(entry, 1, "x") + `,{},` + fmt.Sprintf(entry, 2, "x") + `]}}`
	guide, err := os.ReadFile("../testdata/guide.jsonl")
	assert.NilError(f, err)
	first, _, _ := strings.Cut(string(guide), "\n")
	for _, in := range []string{
		recordedLines(4), "\n\r\n{\n" + recordedLines(2) + "x", har, strings.ReplaceAll(har, "{", "{\n"), first,
		fmt.Sprintf(entry, 1, "") + "\n" + first + "\n" + har, `{"page":"null","url":"/","preflight":{"status":204}}`, "{\n}",
		`{"client_conn":{},"request":{"method":"GET","scheme":"https","host":"b.test","port":443,"path":"/x","headers":[["Origin","https://a.test"]]}}`,
		`{"page":"https://a.test/","url":"https://b.test/","response_headers":[],"summary":"{}","preflight":{"status":204},"console":["x"]}`,
		`{"Envelope":{"Payload-Metadata":{"HTTP-Response-Metadata":{"Response-Message":{"Status":"200"},"Headers":{"A":["*"],"B":"x"}}}}}`,
		`{"log":{"entries":[{}}}`, `{"log":{"entries":[1,{"request":{"headers":1}},{"request":1},[[{}]]]}}`,
	} {
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		run := func(workers int, in io.Reader) (string, bulk.Tally, string) {
			var out, told strings.Builder
			r := bulk.Runner{Profile: browser.Spec(), Workers: workers, Skipped: func(e *server.InputError) { fmt.Fprintln(&told, e) }}
			tally, err := r.Run(t.Context(), in, "in", &out)
			fmt.Fprintln(&told, err)
			return out.String(), tally, told.String()
		}
		out, tally, told := run(1, strings.NewReader(in))
		for line := range strings.Lines(out) {
			assert.Assert(t, json.Valid([]byte(line)), line)
		}
		assert.Equal(t, strings.Count(out, "\n"), tally.Judged+tally.Skipped)
		if tally.Form == bulk.Lines && strings.HasSuffix(told, "<nil>\n") && !strings.HasPrefix(in, "\x1f\x8b") {
			records := 0
			for line := range strings.Lines(in) {
				if strings.Trim(line, " \t\r\n") != "" {
					records++
				}
			}
			assert.Equal(t, tally.Judged+tally.Skipped, records)
		}
		out2, tally2, told2 := run(3, iotest.HalfReader(strings.NewReader(in)))
		assert.Equal(t, out2, out)
		assert.Equal(t, told2, told)
		assert.DeepEqual(t, tally2, tally)
	})
}
