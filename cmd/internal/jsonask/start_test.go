package jsonask_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/jsonask"
	"github.com/corsim/corsim/fetch/browser"
)

// What the start of a page may allocate, in bytes: before the first question, and for it.
// It was 773,104 and 3,444,040 when the start read all messages, and the first question
// all public suffixes.
const (
	mostAtStart = 100_000   // 81,000
	mostAtFirst = 1_900_000 // 1,430,000, and a seventh more under the race detector
)

// firstQuestion is what a visitor of the page sees first.
const firstQuestion = `{"ask":"judge","engines":["spec","chromium","firefox","webkit"],"scenario":{"name":"first","page":"https://myapp.com/",` +
	`"server":[{"when":{"method":"OPTIONS"},"status":204,"headers":[["Access-Control-Allow-Origin","https://myapp.com"]]}],` +
	`"steps":[{"fetch":{"url":"https://api.example.com/users","method":"PUT","headers":[["Content-Type","application/json"]],"body":"{}"}}]}}`

// A visitor of the page waits for the start of the module and for one question. What
// they do is counted, because their time depends on the machine.
func TestStart(t *testing.T) {
	if os.Getenv("CORSIM_START") != "" {
		fmt.Println("first question:", allocatedByFirst(t))
		return
	}
	again := exec.Command(os.Args[0], "-test.run=^TestStart$")
	again.Env = append(os.Environ(), "CORSIM_START=1", "GODEBUG=inittrace=1")
	out, err := again.CombinedOutput()
	assert.NilError(t, err, string(out))
	start := sum(regexp.MustCompile(`(?m)^init github\.com/corsim/.* (\d+) bytes`).FindAllSubmatch(out, -1))
	first := sum(regexp.MustCompile(`first question: (\d+)`).FindAllSubmatch(out, -1))
	t.Logf("%d bytes before the first question, %d with it", start, first)
	assert.Check(t, start > 0 && start <= mostAtStart, "%d bytes are allocated before the first question:\n%s", start, out)
	assert.Check(t, first > 0 && first <= mostAtFirst, "the first question allocates %d bytes", first)
}

// sum returns the sum of the numbers in the first group of matches.
func sum(matches [][][]byte) (total int) {
	for _, m := range matches {
		n, _ := strconv.Atoi(string(m[1]))
		total += n
	}
	return total
}

// allocatedByFirst returns how many bytes the first question allocates.
func allocatedByFirst(t *testing.T) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	answer := (&jsonask.Asker{NewBrowser: browser.New}).Ask(context.Background(), firstQuestion)
	runtime.ReadMemStats(&after)
	assert.Assert(t, len(answer) > 1000, string(answer))
	return after.TotalAlloc - before.TotalAlloc
}
