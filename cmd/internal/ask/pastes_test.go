package ask_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/answer"
)

// TestPastes explains texts as people paste them.
func TestPastes(t *testing.T) {
	f, err := os.Open("testdata/pastes.jsonl")
	assert.NilError(t, err)
	defer f.Close()
	for in := bufio.NewScanner(f); in.Scan(); {
		var row struct {
			Name, Message, Reason, Topic string
			Says, Not                    []string
		}
		assert.NilError(t, json.Unmarshal(in.Bytes(), &row))
		t.Run(row.Name, func(t *testing.T) {
			answers, err := answer.Explain(row.Message, nil)
			assert.NilError(t, err)
			x := &answers[0]
			assert.Check(t, x.Reason == row.Reason && x.Topic == row.Topic, "reason %q, topic %q", x.Reason, x.Topic)
			text := strings.Join(x.Lines, "\n")
			if x.Recognized != nil {
				text += strings.Join(x.Recognized.OtherReasons, " ")
			}
			for _, want := range row.Says {
				assert.Check(t, strings.Contains(text, want), "%q does not say %q", text, want)
			}
			for _, unwanted := range row.Not {
				assert.Check(t, !strings.Contains(text, unwanted), "%q says %q", text, unwanted)
			}
		})
	}
}
