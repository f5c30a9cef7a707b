package record

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
)

// cdp is a connection to a browser that speaks the Chrome DevTools Protocol over a pair of pipes. Each
// message is JSON and ends with a zero byte.
// https://chromedevtools.github.io/devtools-protocol/
type cdp struct {
	out io.WriteCloser

	mu      sync.Mutex
	last    int
	waiting map[int]chan cdpMessage
	events  []cdpMessage  // that arrived and were not taken
	arrived chan struct{} // has a value when an event has arrived
	attach  func(cdpMessage)
	err     error // why the connection ended
	ended   chan struct{}
}

type cdpMessage struct {
	ID        int             `json:"id,omitempty"`
	SessionID string          `json:"sessionId,omitempty"`
	Method    string          `json:"method,omitempty"`
	Params    json.RawMessage `json:"params,omitempty"`
	Result    json.RawMessage `json:"result,omitempty"`
	Error     *struct {
		Message string `json:"message"`
	} `json:"error,omitempty"`
}

// newCDP returns a connection that writes to out and reads from in, until in ends.
func newCDP(out io.WriteCloser, in io.Reader) *cdp {
	c := &cdp{
		out: out, waiting: make(map[int]chan cdpMessage), arrived: make(chan struct{}, 1), ended: make(chan struct{}),
	}
	go c.read(bufio.NewReaderSize(in, 1<<16))
	return c
}

func (c *cdp) read(in *bufio.Reader) {
	for {
		line, err := in.ReadBytes(0)
		var m cdpMessage
		if err == nil {
			err = json.Unmarshal(line[:len(line)-1], &m)
		}
		if err != nil {
			c.mu.Lock()
			c.err = fmt.Errorf("the browser ended: %w", err)
			c.mu.Unlock()
			close(c.ended)
			return
		}
		c.deliver(m)
	}
}

func (c *cdp) deliver(m cdpMessage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if m.Method != "" {
		if c.attach != nil && m.Method == "Target.attachedToTarget" {
			go c.attach(m)
		}
		c.events = append(c.events, m)
		select {
		case c.arrived <- struct{}{}:
		default:
		}
		return
	}
	if answer := c.waiting[m.ID]; answer != nil {
		delete(c.waiting, m.ID)
		answer <- m
	}
}

// listen lets a function know that a session has begun, in a goroutine of its own.
func (c *cdp) listen(attach func(cdpMessage)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.attach = attach
}

// call calls a method in a session ("" for the browser itself), and decodes the result into out, if it is
// not nil.
func (c *cdp) call(ctx context.Context, session, method string, params, out any) error {
	raw, err := json.Marshal(params)
	if err != nil {
		return err
	}
	answer, err := c.send(cdpMessage{SessionID: session, Method: method, Params: raw})
	if err != nil {
		return err
	}
	select {
	case m := <-answer:
		if m.Error != nil {
			return fmt.Errorf("%s: %s", method, m.Error.Message)
		}
		if out == nil {
			return nil
		}
		return json.Unmarshal(m.Result, out)
	case <-c.ended:
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.err
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", method, ctx.Err())
	}
}

func (c *cdp) send(m cdpMessage) (<-chan cdpMessage, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last++
	m.ID = c.last
	line, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	answer := make(chan cdpMessage, 1)
	c.waiting[m.ID] = answer
	_, err = c.out.Write(append(line, 0))
	return answer, err
}

// take returns the events that arrived since it was called last.
func (c *cdp) take() []cdpMessage {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := c.events
	c.events = nil
	return out
}

// errNoEvent is returned when an event does not arrive.
var errNoEvent = errors.New("the event did not arrive")

// await waits until an event of a session arrives. Events before it are dropped.
func (c *cdp) await(ctx context.Context, session, method string) error {
	for {
		for i, e := range c.take() {
			_ = i
			if e.SessionID == session && e.Method == method {
				return nil
			}
		}
		select {
		case <-c.arrived:
		case <-c.ended:
			return c.err
		case <-ctx.Done():
			return fmt.Errorf("%s: %w", method, errors.Join(errNoEvent, ctx.Err()))
		}
	}
}
