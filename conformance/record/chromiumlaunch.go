package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/net/websocket"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
)

// contentSettings are the numbers that stand for answers in the settings of a profile.
var contentSettings = map[policy.PermissionState]int{policy.PermissionGranted: 1, policy.PermissionDenied: 2}

// preferences returns the settings of a new profile. Pages can set third-party cookies, as in Chrome; Debian's Chromium
// blocks them.
func (c *chromium) preferences() []byte {
	answers := make(map[string]any)
	for _, space := range []fetch.AddressSpace{fetch.AddressSpaceLocal, fetch.AddressSpaceLoopback} {
		if answer := contentSettings[c.permissions.For(space)]; answer != 0 {
			name := strings.ReplaceAll(policy.PermissionName(space), "-", "_")
			answers[name] = map[string]any{"*,*": map[string]int{"setting": answer}}
		}
	}
	out, _ := json.Marshal(map[string]any{
		"profile": map[string]any{"block_third_party_cookies": false, "cookie_controls_mode": 0, "content_settings": map[string]any{"exceptions": answers}},
		"net":     map[string]any{"network_prediction_options": 2},
	})
	return out
}

// chromiumFlags are the same in each world.
var chromiumFlags = []string{
	"--headless=new", "--no-first-run", "--no-default-browser-check",
	"--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
	"--disable-sync", "--disable-default-apps", "--disable-extensions", "--disable-breakpad", "--mute-audio",
	"--password-store=basic", "--use-mock-keychain", "--disable-search-engine-choice-screen",
	"--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,OptimizationHints,MediaRouter,Translate,PreconnectToSearch",
}

// arguments returns the command line of a browser with a profile.
func (c *chromium) arguments(profile string) []string {
	args := append([]string{"--user-data-dir=" + profile, c.certificateFlag(), "--host-resolver-rules=" + c.resolverRules()}, chromiumFlags...)
	// A root user has no sandbox.
	if c.world.mapped == "" || os.Geteuid() == 0 {
		args = append(args, "--no-sandbox")
	}
	if c.world.mapped == "" {
		return append(args, "--remote-debugging-pipe", "about:blank")
	}
	return append(args, "--remote-debugging-port=0", "--remote-allow-origins="+debuggerOrigin, "about:blank")
}

// certificateFlag ignores the errors of certificates, or makes those of the servers valid.
func (c *chromium) certificateFlag() string {
	if c.untrusted {
		return "--ignore-certificate-errors"
	}
	return "--ignore-certificate-errors-spki-list=" + c.world.keyHash
}

// resolverRules lead the names of hosts to their addresses. In a mapped world all hosts lead to its server, and those
// that no scenario has lead nowhere.
func (c *chromium) resolverRules() string {
	var rules []string
	n := &c.world.network
	if c.world.mapped == "" {
		for _, name := range n.names {
			rules = append(rules, "MAP "+name+" "+c.world.table.of(name))
		}
		return strings.Join(rules, ",")
	}
	rules = append(rules, fmt.Sprintf("MAP *:%d %s", refusedPort, refusedAddress))
	for _, host := range n.hosts() {
		rules = append(rules, "MAP "+host+" "+c.world.mapped)
	}
	return strings.Join(append(rules, "MAP * ~NOTFOUND"), ",")
}

// launch starts the browser with a profile, and connects to it.
func (c *chromium) launch(ctx context.Context, profile string) error {
	c.process = exec.Command(c.path, c.arguments(profile)...)
	if log, err := os.Create(filepath.Join(profile, "corsim.log")); err == nil {
		c.process.Stdout, c.process.Stderr = log, log
		defer log.Close()
	}
	if c.world.mapped == "" {
		return c.launchWithPipe()
	}
	if err := c.process.Start(); err != nil {
		return err
	}
	return c.dial(ctx, profile)
}

// launchWithPipe starts the browser. File descriptor 3 is its input, 4 its output.
func (c *chromium) launchWithPipe() error {
	childIn, out, err := os.Pipe()
	if err != nil {
		return err
	}
	in, childOut, err := os.Pipe()
	if err != nil {
		return err
	}
	c.process.ExtraFiles = []*os.File{childIn, childOut}
	err = c.process.Start()
	childIn.Close()
	childOut.Close()
	if err != nil {
		return err
	}
	c.connect(out, in)
	return nil
}

// connect speaks to the browser over a pair of streams.
func (c *chromium) connect(out io.WriteCloser, in io.Reader) {
	conn := newCDP(out, in)
	conn.listen(func(e cdpMessage) { c.adopt(conn, e) })
	c.conn = conn
}

// debuggerOrigin is the origin with which the recorder connects to a browser.
const debuggerOrigin = "http://127.0.0.1"

// dial connects to a browser over a WebSocket, which also works on Windows. The browser writes the port and the path
// into its profile.
func (c *chromium) dial(ctx context.Context, profile string) error {
	for {
		text, err := os.ReadFile(filepath.Join(profile, "DevToolsActivePort"))
		port, path, ok := strings.Cut(string(text), "\n")
		if err == nil && ok {
			conn, err := websocket.Dial("ws://127.0.0.1:"+port+strings.TrimSpace(path), "", debuggerOrigin)
			if err != nil {
				return err
			}
			messages := &socketMessages{conn: conn}
			c.connect(messages, messages)
			return nil
		}
		if sleep(ctx, 50*time.Millisecond) != nil {
			return errors.New("the browser does not say where it can be reached; is it an old version?")
		}
	}
}

// socketMessages are the messages of a WebSocket as a stream in which each ends with a zero byte.
type socketMessages struct {
	conn *websocket.Conn
	rest []byte // of the message that is being read
}

// Read reads from the message that has arrived.
func (m *socketMessages) Read(p []byte) (int, error) {
	if len(m.rest) == 0 {
		if err := websocket.Message.Receive(m.conn, &m.rest); err != nil {
			return 0, err
		}
		m.rest = append(m.rest, 0)
	}
	n := copy(p, m.rest)
	m.rest = m.rest[n:]
	return n, nil
}

// Write sends a message with its zero byte.
func (m *socketMessages) Write(p []byte) (int, error) {
	return len(p), websocket.Message.Send(m.conn, strings.TrimSuffix(string(p), "\x00"))
}

// Close closes the WebSocket.
func (m *socketMessages) Close() error { return m.conn.Close() }
