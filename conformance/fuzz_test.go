package conformance

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"gotest.tools/v3/assert"
)

// What decodes is JSON, and says what another decoder reads there.
func FuzzDecodeScenario(f *testing.F) {
	for _, file := range []string{"guide.jsonl", "wpt/cases.jsonl.gz"} {
		lines := lines{source: open(f, file), name: file}
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
		s, err := DecodeScenario(text)
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
	lines := lines{source: open(f, "wpt/cases.firefox.jsonl.gz")}
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
