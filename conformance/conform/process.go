package conform

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/corsim/corsim/conformance/scenario"
)

// Launcher starts an adapter with further variables of the environment. The adapter ends
// when its input is closed, or when ctx ends.
type Launcher func(ctx context.Context, environment []string) (Process, error)

// Process is an adapter that runs.
type Process struct {
	In  io.WriteCloser
	Out io.Reader
	// Wait waits for the end, and says what the adapter printed last if it failed.
	Wait func() error
}

// Command returns a launcher of a program with arguments. What it prints to its standard
// error goes to log.
func Command(log io.Writer, name string, args ...string) Launcher {
	return func(ctx context.Context, environment []string) (Process, error) {
		command := exec.CommandContext(ctx, name, args...)
		command.Env = append(os.Environ(), environment...)
		last := &lastLines{to: log}
		command.Stderr = last
		command.WaitDelay = time.Second
		in, err := command.StdinPipe()
		if err != nil {
			return Process{}, err
		}
		out, err := command.StdoutPipe()
		if err != nil {
			return Process{}, err
		}
		if err := command.Start(); err != nil {
			return Process{}, fmt.Errorf("cannot start the adapter: %w", err)
		}
		return Process{In: in, Out: out, Wait: func() error {
			if err := command.Wait(); err != nil {
				return fmt.Errorf("%w%s", err, last.text())
			}
			return nil
		}}, nil
	}
}

// lastLines is a writer that remembers the last lines.
type lastLines struct {
	to   io.Writer
	mu   sync.Mutex
	tail []byte
}

// Write passes the text on.
func (l *lastLines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	const most = 2000
	l.tail = append(l.tail, p...)
	l.tail = l.tail[max(0, len(l.tail)-most):]
	if l.to == nil {
		return len(p), nil
	}
	return l.to.Write(p)
}

func (l *lastLines) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	text := strings.TrimSpace(string(l.tail))
	if text == "" {
		return ""
	}
	lines := strings.Split(text, "\n")
	return ": " + strings.Join(lines[max(0, len(lines)-3):], " | ")
}

// talk is a conversation with an adapter: one answer to each message.
type talk struct {
	process Process
	answers chan string // closed after the last line
	cancel  context.CancelFunc
	ended   func() error // waits for the end of the process, once
}

func startTalk(ctx context.Context, launch Launcher, environment []string) (*talk, error) {
	ctx, cancel := context.WithCancel(ctx)
	p, err := launch(ctx, environment)
	if err != nil {
		cancel()
		return nil, err
	}
	t := &talk{process: p, answers: make(chan string), cancel: cancel}
	read := make(chan struct{})
	go func() {
		defer close(read)
		defer close(t.answers)
		for lines := bufio.NewReaderSize(p.Out, 1<<16); ; {
			line, err := lines.ReadString('\n')
			if strings.TrimSpace(line) != "" {
				select {
				case t.answers <- line:
				case <-ctx.Done():
				}
			}
			if err != nil {
				return
			}
		}
	}()
	t.ended = sync.OnceValue(func() error {
		<-read
		return p.Wait()
	})
	return t, nil
}

// errSilent says that an adapter does not answer.
var errSilent = errors.New("the adapter does not answer")

// ask sends a message and returns the answer.
func (t *talk) ask(message any, patience time.Duration) (string, error) {
	text, err := json.Marshal(message)
	if err != nil {
		return "", err
	}
	// An adapter that writes before it reads must not stop corsim. If the write fails, the
	// answer is missing too, and that is an error below.
	go t.process.In.Write(append(text, '\n'))
	select {
	case line, ok := <-t.answers:
		if !ok {
			return "", t.lastWords()
		}
		return strings.TrimSpace(line), nil
	case <-time.After(patience):
		return "", fmt.Errorf("%w for %s; it was asked %s", errSilent, patience, scenario.Quote(string(text)))
	}
}

// lastWords returns why an adapter ended.
func (t *talk) lastWords() error {
	if err := t.ended(); err != nil {
		return fmt.Errorf("the adapter ended: %w", err)
	}
	return errors.New("the adapter ended")
}

// close ends the adapter: first by the end of its input, then by force.
func (t *talk) close() {
	t.process.In.Close()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range t.answers { // what it still says is of no interest
		}
		_ = t.ended()
	}()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
	}
	t.cancel()
	<-done
}
