package peers

import (
	"fmt"
	"io"
	"strconv"

	"github.com/corsim/corsim/fetch/browser"
)

// Config says how to measure.
type Config struct {
	// Tree is the root folder of the module, which has the recorded scenarios.
	Tree string
	// Folder is the folder for the packages of Node.js.
	Folder string
	// Chromium is the browser's program; "" looks for it in PATH.
	Chromium string
	// Runs is the number of measurements of each rate.
	Runs int
	// Log gets messages about what is missing and about the progress.
	Log io.Writer
}

// contender is a peer with its row in the tables.
type contender struct {
	peer
	name string
	// overConnections and inProcess are the goals: the verdicts per second of
	// corsim, divided by those of the peer; 0 means no goal.
	overConnections, inProcess float64
	rates                      []float64
	score                      score
}

// Run measures all peers that are installed and returns the tables. complete
// reports whether no peer is missing.
func Run(c Config) (tables string, complete bool, err error) {
	t, err := look(c.Chromium)
	if err != nil {
		return "", false, err
	}
	for _, text := range t.missing {
		fmt.Fprintln(c.Log, "peers:", text)
	}
	fmt.Fprintln(c.Log, "peers: packages of Node.js in", c.Folder)
	if err := prepare(c.Folder); err != nil {
		return "", false, err
	}
	cases, err := trickyCases(c.Tree)
	if err != nil {
		return "", false, err
	}
	s, err := newServer()
	if err != nil {
		return "", false, err
	}
	defer s.close()
	others, err := startOthers(c, t, s)
	for _, p := range others {
		defer p.close()
	}
	if err != nil {
		return "", false, err
	}
	standard := ourselves(browser.Spec(), s)
	if err := compete(append(standard, others...), s, c); err != nil {
		return "", false, err
	}
	judged := append(ourselves(browser.Chromium(), s), others...)
	for _, p := range judged {
		fmt.Fprintf(c.Log, "peers: %s: %d tricky cases\n", p.name, len(cases))
		if p.score, err = judge(p, s, cases); err != nil {
			return "", false, fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return ratesTable(standard, others) + "\n" + casesTable(judged), len(t.missing) == 0, nil
}

// ourselves returns corsim over connections and in process.
func ourselves(p *browser.Profile, s *localServer) []*contender {
	return []*contender{
		{peer: overConnections(p, s), name: "corsim over connections"},
		{peer: inProcess(p, s), name: "corsim in process"},
	}
}

// startOthers starts the other peers. With an error it returns the peers that it
// has started.
func startOthers(c Config, t *tools, s *localServer) (out []*contender, err error) {
	for _, p := range []struct {
		script, api            string
		connections, inProcess float64 // the goals
	}{
		{"jsdom", "XMLHttpRequest", 8, 200}, {"happy-dom", "`fetch()`", 0, 0}, {"chromium", "`fetch()`", 20, 700},
	} {
		if t.versions[p.script] == "" {
			continue
		}
		node, err := startNode(c.Folder, p.script+".mjs", strconv.Itoa(s.port()), t.chromium)
		if err != nil {
			return out, fmt.Errorf("%s: %w", p.script, err)
		}
		out = append(out, &contender{
			peer: node, name: t.versions[p.script] + ", " + p.api, overConnections: p.connections, inProcess: p.inProcess,
		})
	}
	return out, nil
}
