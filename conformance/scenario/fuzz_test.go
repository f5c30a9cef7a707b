package scenario

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
)

// openTestdata opens a file of the corpora for as long as the test runs.
func openTestdata(t testing.TB, file string) io.Reader {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "testdata", file))
	assert.NilError(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

// What decodes is JSON, and says what another decoder reads there.
func FuzzDecodeScenario(f *testing.F) {
	for _, file := range []string{"guide.jsonl", "wpt/cases.jsonl.gz"} {
		lines := lines{source: openTestdata(f, file), name: file}
		for i := 0; i < 300; i++ {
			text, err := lines.next()
			if err != nil {
				break
			}
			if i%10 == 0 {
				f.Add(text)
			}
		}
	}
	f.Add(`{"name":"a","page":"\u0041","server":[{"when":{},"status":2e2}],"steps":[{"wait":0.5}],"note":"é\ud83d\ude00"}`)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Decode(text)
		if err != nil {
			assert.Check(t, !strings.Contains(err.Error(), "\n"))
			return
		}
		assert.Assert(t, jsontext.Value(text).IsValid())
		var other struct {
			Name, Page string
			Sandboxed  bool
			Server     []struct{ Status json.Number }
			Steps      []map[string]json.RawMessage
			Note       string
		}
		assert.NilError(t, json.Unmarshal([]byte(text), &other))
		assert.Equal(t, s.Name+" "+s.Page, other.Name+" "+other.Page)
		assert.Equal(t, s.Sandboxed, other.Sandboxed)
		assert.Assert(t, len(s.Server) == len(other.Server) && len(s.Steps) == len(other.Steps))
		if s.Case != nil {
			assert.Equal(t, s.Case.Note, other.Note)
		}
		for i, step := range s.Steps {
			assert.Assert(t, other.Steps[i][step.Key()] != nil)
		}
	})
}

// An observation that decodes is written and decoded to the same.
func FuzzDecodeObservation(f *testing.F) {
	lines := lines{source: openTestdata(f, "wpt/cases.firefox.jsonl.gz")}
	for i := 0; i < 300; i++ {
		text, err := lines.next()
		assert.NilError(f, err)
		if i%10 == 0 {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		o, err := DecodeObservation(text)
		if err != nil {
			return
		}
		again, err := DecodeObservation(string(o.AppendJSON(nil)))
		assert.NilError(t, err)
		assert.Equal(t, string(again.AppendJSON(nil)), string(o.AppendJSON(nil)))
	})
}

// What decodes as a recording is JSON, and says what another decoder reads there,
// also over what was there before.
func FuzzDecodeRecording(f *testing.F) {
	for _, seed := range []string{
		`{"page":"https://a.test/","url":"/x","response":{"status":200,"headers":[["A","b"],["C","\u00e9"]]}}`,
		`{"id":"a","page":"null","url":"https://b.test/","method":"PUT","headers":[["a","é"]],"credentials":"include","mode":"cors","redirect":"error","preflight":{"status":2e2}}`,
		`{"page":"","url":"","response":{"status":100}} `, `{"page":"a","url":"b","response":{"status":200,"headers":[["a"]]}}`, `{"page":"a","url":"b"}`,
	} {
		f.Add(seed)
	}
	const before = `{"id":"before","page":"p","url":"u","headers":[["h","1"]],"preflight":{"status":204,"headers":[["p","1"]]},"response":{"status":500,"headers":[["r","1"]]}}`
	f.Fuzz(func(t *testing.T, text string) {
		var r, fresh Recording
		assert.NilError(t, r.Decode(before))
		err := r.Decode(text)
		freshErr := fresh.Decode(text)
		assert.Equal(t, err == nil, freshErr == nil)
		if err != nil {
			assert.Check(t, !strings.Contains(err.Error(), "\n"))
			return
		}
		assert.Assert(t, jsontext.Value(text).IsValid())
		type answer struct {
			Status  json.Number
			Headers [][2]string
		}
		var other struct {
			ID, Page, URL, Method string
			Headers               [][2]string
			Preflight, Response   answer
		}
		assert.NilError(t, json.Unmarshal([]byte(text), &other))
		for _, got := range []*Recording{&r, &fresh} {
			assert.DeepEqual(t, []string{got.ID, got.Page, got.URL, got.Method}, []string{other.ID, other.Page, other.URL, other.Method})
			assert.Equal(t, got.Preflight.Status > 0, other.Preflight.Status != "")
			for list, want := range map[*fetch.HeaderList][][2]string{
				&got.Header: other.Headers, &got.Preflight.Header: other.Preflight.Headers, &got.Response.Header: other.Response.Headers,
			} {
				assert.Equal(t, len(*list), len(want))
				for i, h := range *list {
					assert.DeepEqual(t, h, fetch.Header{Name: BytesOfText(want[i][0]), Value: BytesOfText(want[i][1])})
				}
			}
		}
	})
}
