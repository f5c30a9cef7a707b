package peers

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

const tree = "../../.."

func newTestServer(t *testing.T) *localServer {
	t.Helper()
	s, err := newServer()
	assert.NilError(t, err)
	t.Cleanup(s.close)
	return s
}

// The cases come from all families that calls of fetch() can play. Some end in a
// response and some do not.
func TestTrickyCases(t *testing.T) {
	cases, err := trickyCases(tree)
	assert.NilError(t, err)
	var families []string
	outcomes := make(map[string]int)
	for _, c := range cases {
		outcomes[c.want[len(c.want)-1].Outcome]++
		if family := c.scenario.Family(); !slices.Contains(families, family) {
			families = append(families, family)
		}
	}
	assert.Check(t, len(cases) >= 40 && outcomes[response] >= 20 && len(cases)-outcomes[response] >= 20, outcomes)
	for _, family := range strings.Fields(`acac acah acam acao acaopf aceh cache corp ctype forbidden header method mix mixed
		order origin pfstatus redirect redirectloc redirectmethod redirectpf sameorigin status throws xhr`) {
		assert.Check(t, slices.Contains(families, family), family)
	}
}

// corsimPeers returns the two peers of corsim, by their names.
func corsimPeers(p *browser.Profile, s *localServer) map[string]peer {
	return map[string]peer{"over-connections": overConnections(p, s), "in-process": inProcess(p, s)}
}

// corsim is correct in all cases, over connections and in process.
func TestCorsimIsRight(t *testing.T) {
	cases, err := trickyCases(tree)
	assert.NilError(t, err)
	s := newTestServer(t)
	for name, p := range corsimPeers(browser.Chromium(), s) {
		t.Run(name, func(t *testing.T) {
			got, err := judge(p, s, cases)
			assert.NilError(t, err)
			assert.Equal(t, got.sent, len(cases), "wrong: %v", got.wrong)
		})
	}
}

// The judge counts wrong cases as wrong.
func TestJudgeCounts(t *testing.T) {
	cases, err := trickyCases(tree)
	assert.NilError(t, err)
	s := newTestServer(t)
	got, err := judge(silent{}, s, cases)
	assert.NilError(t, err)
	failing := 0
	for _, c := range cases {
		if !slices.ContainsFunc(c.want, func(w seen) bool { return w.Outcome == response }) {
			failing++
		}
	}
	assert.Equal(t, got.seen, failing)
	assert.Check(t, got.sent < got.seen)
	assert.Check(t, got.wrong["acao"] > 0)
}

// silent is a peer whose calls all fail. It sends no request.
type silent struct{}

func (silent) open(string) error                        { return nil }
func (silent) call(call) (answer, error)                { return answer{Outcome: "error"}, nil }
func (silent) rate([]call, time.Duration) (rate, error) { return rate{Made: 1, Millis: 1}, nil }
func (silent) close() error                             { return nil }

// For each peer two of three calls are shared.
func TestRates(t *testing.T) {
	s := newTestServer(t)
	for name, p := range corsimPeers(browser.Chromium(), s) {
		t.Run(name, func(t *testing.T) {
			s.answerWith(rateServer, ratePage)
			assert.NilError(t, p.open(ratePage))
			r, err := p.rate(rateCalls(), 30*time.Millisecond)
			assert.NilError(t, err)
			// A busy machine makes few calls in this time.
			assert.Check(t, r.Made > 0 && r.Millis > 0)
			assert.Equal(t, r.Shared, r.Made-r.Made/3)
		})
	}
}

func TestServerAnswersNavigations(t *testing.T) {
	s := newTestServer(t)
	s.answerWith(server.Script{{Status: 404}}, "https://page.test/")
	client := &http.Client{Transport: overConnections(browser.Spec(), s).network}
	for url, want := range map[string]int{"https://page.test/": 200, "http://page.test/": 404, "https://page.test/x": 404} {
		r, err := http.NewRequest("GET", url, nil)
		assert.NilError(t, err)
		r.Header.Set("Accept", "text/html,*/*")
		resp, err := client.Do(r)
		assert.NilError(t, err)
		resp.Body.Close()
		assert.Check(t, resp.StatusCode == want, "%s: %d", url, resp.StatusCode)
	}
}

// program writes a shell script to a folder.
func program(t *testing.T, folder, name, text string) {
	t.Helper()
	assert.NilError(t, os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"+text+"\n"), 0o755))
}

// A peer in another process gets one command per line.
func TestNodePeer(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("PATH", folder)
	program(t, folder, "node", `echo "$1 starts" >&2
while read -r line; do case "$line" in
	*open*bad*) echo '{"failed":"no such page"}';;
	*open*) echo '{}';;
	*call*) echo '{"outcome":"response","status":200,"url":"u","headers":[["a","b"]],"body":"x"}';;
	*rate*) echo '{"made":3,"shared":2,"ms":1.5}';;
esac; done`)
	p, err := startNode(folder, "some.mjs")
	assert.NilError(t, err)
	assert.NilError(t, p.open("https://a.test/"))
	assert.Error(t, p.open("bad"), "no such page")
	got, err := p.call(call{URL: "u"})
	assert.NilError(t, err)
	assert.DeepEqual(t, got, answer{Outcome: response, Status: 200, URL: "u", Headers: [][2]string{{"a", "b"}}, Body: "x"})
	r, err := p.rate(rateCalls(), time.Millisecond)
	assert.NilError(t, err)
	assert.Equal(t, r.perSecond(), 2000.0)
	assert.NilError(t, p.close())

	program(t, folder, "node", "echo no such module >&2; read -r line")
	p, err = startNode(folder, "some.mjs")
	assert.NilError(t, err)
	assert.Error(t, p.open("https://a.test/"), "it ended: no such module")
	assert.NilError(t, p.close())
}

// Packages are installed once for each list of them.
func TestPrepare(t *testing.T) {
	programs, folder := t.TempDir(), filepath.Join(t.TempDir(), "packages")
	t.Setenv("PATH", programs+string(os.PathListSeparator)+os.Getenv("PATH"))
	program(t, programs, "npm", "mkdir -p node_modules && echo npm >> calls")
	for range 2 {
		assert.NilError(t, prepare(folder))
	}
	calls, err := os.ReadFile(filepath.Join(folder, "calls"))
	assert.NilError(t, err)
	assert.Equal(t, string(calls), "npm\n")
	for _, name := range []string{"package.json", "peer.mjs", "jsdom.mjs", "happy-dom.mjs", "chromium.mjs"} {
		_, err := os.Stat(filepath.Join(folder, name))
		assert.Check(t, err)
	}
	program(t, programs, "npm", "echo no network; exit 1")
	assert.ErrorContains(t, prepare(t.TempDir()), "exit status 1\nno network")
}

// The error names what is missing and says how to fix it.
func TestLook(t *testing.T) {
	for _, test := range []struct {
		name     string
		programs map[string]string
		browser  string
		want     string // the error, or what is missing
	}{
		{name: "nothing", want: "there is no node in PATH: the peers need Node.js 20.19 and npm, as your system packages them"},
		{name: "no-npm", programs: map[string]string{"node": "v22.1.0"}, want: "there is no npm in PATH: the peers need Node.js 20.19 and npm, as your system packages them"},
		{name: "old-node", programs: map[string]string{"node": "v20.18.9", "npm": "10"}, want: "Node.js is v20.18.9; the peers need 20.19 or later"},
		{name: "odd-node", programs: map[string]string{"node": "hello", "npm": "10"}, want: `node --version printed "hello", which is not a version`},
		{
			name: "no-browser", programs: map[string]string{"node": "v24.0.0", "npm": "10"},
			want: "Chromium is left out: there is no chromium, chromium-browser, google-chrome, google-chrome-stable, chrome in PATH; install it, or name it with -chromium",
		},
		{
			name: "named-browser", programs: map[string]string{"node": "v24.0.0", "npm": "10", "chromium": "Chromium 156"}, browser: "/nowhere/chrome",
			want: "Chromium is left out: there is no /nowhere/chrome in PATH; install it, or name it with -chromium",
		},
		{name: "all", programs: map[string]string{"node": "v20.19.0", "npm": "10", "google-chrome": "Google Chrome 156"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			t.Setenv("PATH", folder)
			for name, prints := range test.programs {
				program(t, folder, name, "echo "+prints)
			}
			found, err := look(test.browser)
			switch {
			case err != nil:
				assert.Error(t, err, test.want)
			case test.want != "":
				assert.DeepEqual(t, found.missing, []string{test.want})
			default:
				assert.Equal(t, len(found.missing), 0)
				assert.Equal(t, found.versions["chromium"], "headless Google Chrome")
			}
		})
	}
}

// Versions are fixed, so that the tables can be measured again.
func TestPackagesArePinned(t *testing.T) {
	text, err := scripts.ReadFile("node/package.json")
	assert.NilError(t, err)
	var p nodePackages
	assert.NilError(t, json.Unmarshal(text, &p))
	assert.Check(t, len(p.Dependencies) == 3)
	for name, version := range p.Dependencies {
		assert.Check(t, !strings.ContainsAny(version, "^~*x<> "), "%s %s", name, version)
	}
}

func TestRound(t *testing.T) {
	for f, want := range map[float64]string{1.26: "1.3", 9.94: "9.9", 12.6: "13", 123.4: "123", 1234: "1,230", 123456: "123,000"} {
		assert.Check(t, round(f) == want, "%v: %s", f, round(f))
	}
}

func TestTables(t *testing.T) {
	own := []*contender{{name: "a", rates: []float64{100, 200, 300}}, {name: "b", rates: []float64{1000, 1000, 1000}}}
	others := []*contender{{name: "c", rates: []float64{10, 10, 10}, overConnections: 8, inProcess: 200}}
	want := `| c | 10 | 20 × (10 to 30) | ≥ 8 × | yes | 100 × (100 to 100) | ≥ 200 × | no |` + "\n"
	assert.Check(t, strings.Contains(ratesTable(own, others), want), ratesTable(own, others))
	others[0].score = score{cases: 4, outcome: 3, seen: 2, sent: 1, wrong: map[string]int{"x": 1, "a": 1}}
	want = "| c | 3 | 2 | 1 | a, x |\n"
	assert.Check(t, strings.Contains(casesTable(others), want), casesTable(others))
}
