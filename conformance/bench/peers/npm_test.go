//go:build npm

package peers

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
)

// The npm package is correct in all cases, beside jsdom and happy-dom in the same run.
// The test builds the package, and installs the others into the folder that
// CORSIM_PEERS names, or into a temporary one. It needs Node.js:
//
//	go test -tags npm -v -run Package ./conformance/bench/peers
func TestPackage(t *testing.T) {
	cases, err := trickyCases(tree)
	assert.NilError(t, err)
	pack, err := filepath.Abs(filepath.Join(tree, "cmd/npm"))
	assert.NilError(t, err)
	build := exec.Command("node", "build.mjs")
	build.Dir = pack
	text, err := build.CombinedOutput()
	assert.NilError(t, err, string(text))
	folder := os.Getenv("CORSIM_PEERS")
	if folder == "" {
		folder = t.TempDir()
	}
	assert.NilError(t, prepare(folder))
	s := newTestServer(t)
	var judged []*contender
	for _, script := range []string{"corsim", "jsdom", "happy-dom"} {
		p, err := startNode(folder, script+".mjs", strconv.Itoa(s.port()), "", pack)
		assert.NilError(t, err)
		defer p.close()
		c := &contender{peer: p, name: script + " in Node.js"}
		c.score, err = judge(p, s, cases)
		assert.NilError(t, err, script)
		judged = append(judged, c)
	}
	assert.Equal(t, judged[0].score.sent, len(cases), "wrong: %v", judged[0].score.wrong)
	for _, other := range judged[1:] {
		assert.Check(t, other.score.outcome < len(cases), other.name)
	}
	own := ourselves(browser.Chromium(), s)[1]
	own.score, err = judge(own, s, cases)
	assert.NilError(t, err)
	t.Log("\n" + casesTable(append(judged, own)))
}
