package record

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"
)

// marionette is a connection to a Firefox that speaks the Marionette protocol: each message is JSON,
// with its length and a colon in front. It carries the commands of WebDriver, and can also run scripts in the
// browser itself, which no other protocol of Firefox can.
// https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
type marionette struct {
	conn net.Conn
	in   *bufio.Reader
	last int
	// inBrowser reports whether scripts run in the browser itself now, and not in the document.
	inBrowser bool
}

// dialMarionette connects to a browser that has just been started, and makes a session that accepts all
// certificates.
func dialMarionette(ctx context.Context, address string) (*marionette, error) {
	for {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			m := &marionette{conn: conn, in: bufio.NewReader(conn)}
			if _, err := m.read(ctx); err != nil {
				return nil, err
			}
			return m, nil
		}
		if sleep(ctx, 100*time.Millisecond) != nil {
			return nil, fmt.Errorf("no answer of Firefox: %w", err)
		}
	}
}

func (m *marionette) read(ctx context.Context) (json.RawMessage, error) {
	if deadline, ok := ctx.Deadline(); ok {
		m.conn.SetReadDeadline(deadline)
	}
	length, err := m.in.ReadString(':')
	if err != nil {
		return nil, fmt.Errorf("the browser ended: %w", err)
	}
	n, err := strconv.Atoi(strings.TrimSuffix(length, ":"))
	if err != nil {
		return nil, err
	}
	body := make([]byte, n)
	_, err = io.ReadFull(m.in, body)
	return body, err
}

// call sends a command and decodes its result into out, if it is not nil.
func (m *marionette) call(ctx context.Context, command string, params, out any) error {
	m.last++
	body, err := json.Marshal([]any{0, m.last, command, params})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(m.conn, "%d:%s", len(body), body); err != nil {
		return err
	}
	raw, err := m.read(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", command, err)
	}
	var failure *struct{ Error, Message string }
	var result json.RawMessage
	var kind, id int
	if err := json.Unmarshal(raw, &[]any{&kind, &id, &failure, &result}); err != nil {
		return err
	}
	if failure != nil {
		return fmt.Errorf("%s: %s: %s", command, failure.Error, failure.Message)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(result, out)
}

// place is where a script runs.
type place string

const (
	inDocument place = "content"
	inBrowser  place = "chrome"
)

// script runs the body of a function whose last argument is called with the result, in the document or in the browser.
func (m *marionette) script(ctx context.Context, where place, body string, args []any, out any) error {
	if m.inBrowser != (where == inBrowser) {
		if err := m.call(ctx, "Marionette:SetContext", map[string]any{"value": where}, nil); err != nil {
			return err
		}
		m.inBrowser = where == inBrowser
	}
	if args == nil {
		args = []any{}
	}
	var result struct{ Value json.RawMessage }
	err := m.call(ctx, "WebDriver:ExecuteAsyncScript", map[string]any{"script": body, "args": args, "newSandbox": true}, &result)
	if err != nil || out == nil {
		return err
	}
	return json.Unmarshal(result.Value, out)
}
