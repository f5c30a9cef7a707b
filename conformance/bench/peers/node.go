package peers

import (
	"bufio"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// scripts are the peers that run on Node.js, and the packages that they need.
//
//go:embed node
var scripts embed.FS

// callTimeout limits the time of a call.
const callTimeout = 20 * time.Second

// nodePeer is a peer in a process of Node.js.
type nodePeer struct {
	command *exec.Cmd
	in      io.WriteCloser
	answers chan string
	stderr  *strings.Builder // read it only after wait has returned
	wait    func() error
}

// startNode starts a script with its arguments.
func startNode(folder, script string, args ...string) (*nodePeer, error) {
	p := &nodePeer{command: exec.Command("node", append([]string{script}, args...)...), answers: make(chan string), stderr: new(strings.Builder)}
	p.command.Dir = folder
	p.command.Env = append(os.Environ(), "NODE_TLS_REJECT_UNAUTHORIZED=0", "NODE_NO_WARNINGS=1")
	p.command.Stderr = p.stderr
	var err error
	if p.in, err = p.command.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	p.wait = sync.OnceValue(p.command.Wait)
	go func() {
		defer close(p.answers)
		for lines := bufio.NewReader(out); ; {
			line, err := lines.ReadString('\n')
			if err != nil {
				return
			}
			p.answers <- line
		}
	}()
	return p, nil
}

// ask sends a command and reads the answer.
func (p *nodePeer) ask(command map[string]any, timeout time.Duration, answer any) error {
	text, err := json.Marshal(command)
	if err != nil {
		return err
	}
	// If the write fails, the answer is missing too, and that is an error below.
	_, _ = p.in.Write(append(text, '\n'))
	select {
	case line, ok := <-p.answers:
		if !ok {
			return fmt.Errorf("it ended: %s", p.lastWords())
		}
		return json.Unmarshal([]byte(line), answer)
	case <-time.After(timeout):
		return errors.New("it does not answer")
	}
}

// lastWords ends a process that does not answer and returns the last lines of its
// error output.
func (p *nodePeer) lastWords() string {
	_ = p.close()
	lines := strings.Split(strings.TrimSpace(p.stderr.String()), "\n")
	return strings.Join(lines[max(0, len(lines)-5):], " | ")
}

func (p *nodePeer) open(page string) error {
	var opened answer
	if err := p.ask(map[string]any{"open": page}, 3*callTimeout, &opened); err != nil {
		return err
	}
	return failure(opened.Failed)
}

func failure(text string) error {
	if text == "" {
		return nil
	}
	return errors.New(text)
}

func (p *nodePeer) call(c call) (answer, error) {
	var got answer
	if err := p.ask(map[string]any{"call": c}, callTimeout, &got); err != nil {
		return got, err
	}
	return got, failure(got.Failed)
}

func (p *nodePeer) rate(calls []call, d time.Duration) (rate, error) {
	var got rate
	if err := p.ask(map[string]any{"rate": calls, "ms": d.Milliseconds()}, d+callTimeout, &got); err != nil {
		return got, err
	}
	return got, failure(got.Failed)
}

// close ends the process.
func (p *nodePeer) close() error {
	p.in.Close()
	ended := make(chan error, 1)
	go func() { ended <- p.wait() }()
	select {
	case err := <-ended:
		return err
	case <-time.After(callTimeout):
		_ = p.command.Process.Kill()
		return <-ended
	}
}

// prepare writes the scripts to a folder and installs their packages there, if
// they are not installed yet.
func prepare(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	files, err := scripts.ReadDir("node")
	if err != nil {
		return err
	}
	wanted, err := scripts.ReadFile("node/package.json")
	if err != nil {
		return err
	}
	installed, _ := os.ReadFile(filepath.Join(folder, "node_modules", ".corsim"))
	for _, f := range files {
		text, err := scripts.ReadFile("node/" + f.Name())
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, f.Name()), text, 0o644); err != nil {
			return err
		}
	}
	if string(installed) == string(wanted) {
		return nil
	}
	npm := exec.Command("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts")
	npm.Dir = folder
	if out, err := npm.CombinedOutput(); err != nil {
		return fmt.Errorf("npm install in %s: %w\n%s", folder, err, out)
	}
	return os.WriteFile(filepath.Join(folder, "node_modules", ".corsim"), wanted, 0o644)
}
