package main

import (
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/bulk"
)

// TestProgress checks that progress is printed at most once a second, and not for a
// short run.
func TestProgress(t *testing.T) {
	var out strings.Builder
	p := progress{out: &out, flags: &judgeFlags{fromLine: 101}, started: time.Now()}
	p.tell(bulk.Tally{Next: 201, Judged: 100})
	assert.Equal(t, out.String(), "")
	p.started = p.started.Add(-10 * time.Second)
	for range 2 {
		p.tell(bulk.Tally{Next: 1101, Judged: 990, Blocked: 7, Skipped: 10})
	}
	assert.Equal(t, out.String(), "corsim: 1000 lines, 100 a second, 7 blocked, 10 skipped\n")

	out.Reset()
	p.told = time.Time{}
	p.tell(bulk.Tally{Form: bulk.HAR, Next: 30})
	assert.Equal(t, out.String(), "corsim: 30 entries, 3 a second, 0 blocked, 0 skipped\n")
}
