package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// chromiumPreferences let pages set third-party cookies, as Chrome does; Debian's Chromium blocks them.
const chromiumPreferences = `{"profile":{"block_third_party_cookies":false,"cookie_controls_mode":0},"net":{"network_prediction_options":2}}`

// chromiumFlags are the same in each world.
var chromiumFlags = []string{
	"--headless=new", "--no-sandbox", "--remote-debugging-pipe", "--no-first-run", "--no-default-browser-check",
	"--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
	"--disable-sync", "--disable-default-apps", "--disable-extensions", "--disable-breakpad", "--mute-audio",
	"--password-store=basic", "--use-mock-keychain", "--disable-search-engine-choice-screen",
	"--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,OptimizationHints,MediaRouter,Translate,PreconnectToSearch",
}

// chromium drives a headless Chromium through a pipe.
type chromium struct {
	world   *world
	path    string
	process *exec.Cmd
	conn    *cdp
	context string // the browser context of the tab
	session string // of the tab
}

func newChromium(w *world) (*chromium, error) {
	path, err := program("chromium", "chromium", "google-chrome", "chromium-browser")
	return &chromium{world: w, path: path}, err
}

func (c *chromium) start(ctx context.Context) (string, error) {
	profile, err := os.MkdirTemp(c.world.folder, "chromium-")
	if err != nil {
		return "", err
	}
	preferences := filepath.Join(profile, "Default", "Preferences")
	if err := errors.Join(os.Mkdir(filepath.Dir(preferences), 0o700), os.WriteFile(preferences, []byte(chromiumPreferences), 0o600)); err != nil {
		return "", err
	}
	args := append([]string{"--user-data-dir=" + profile, "--ignore-certificate-errors", "--host-resolver-rules=" + c.resolverRules()}, chromiumFlags...)
	if err := c.launch(append(args, "about:blank")); err != nil {
		return "", err
	}
	var version struct{ Product string }
	ctx, cancel := context.WithTimeout(ctx, 2*patience)
	defer cancel()
	if err := c.conn.call(ctx, "", "Browser.getVersion", struct{}{}, &version); err != nil {
		return "", err
	}
	_, number, _ := strings.Cut(version.Product, "/")
	return "chromium " + number, nil
}

// resolverRules lead the names of hosts to their addresses.
func (c *chromium) resolverRules() string {
	var rules []string
	for _, name := range c.world.network.names {
		rules = append(rules, "MAP "+name+" 127.0.0.1")
	}
	return strings.Join(rules, ",")
}

// launch starts the browser. File descriptor 3 is its input, 4 its output.
func (c *chromium) launch(args []string) error {
	childIn, out, err := os.Pipe()
	if err != nil {
		return err
	}
	in, childOut, err := os.Pipe()
	if err != nil {
		return err
	}
	c.process = exec.Command(c.path, args...)
	c.process.ExtraFiles = []*os.File{childIn, childOut}
	if log, err := os.Create(filepath.Join(c.world.folder, "chromium.log")); err == nil {
		c.process.Stdout, c.process.Stderr = log, log
		defer log.Close()
	}
	err = c.process.Start()
	childIn.Close()
	childOut.Close()
	if err != nil {
		return err
	}
	c.conn = newCDP(out, in)
	return nil
}

func (c *chromium) stop() {
	if c.process == nil || c.process.Process == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if c.conn.call(ctx, "", "Browser.close", struct{}{}, nil) != nil {
		c.process.Process.Kill()
	}
	c.process.Wait()
	c.process, c.context = nil, ""
}

// reset opens a tab in a new browser context, which shares nothing with those before.
func (c *chromium) reset(ctx context.Context, _ bool) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if c.context != "" {
		if err := c.conn.call(ctx, "", "Target.disposeBrowserContext", map[string]any{"browserContextId": c.context}, nil); err != nil {
			return err
		}
	}
	var made struct{ BrowserContextID, TargetID, SessionID string }
	if err := c.conn.call(ctx, "", "Target.createBrowserContext", struct{}{}, &made); err != nil {
		return err
	}
	c.context = made.BrowserContextID
	if err := c.conn.call(ctx, "", "Target.createTarget", map[string]any{"url": "about:blank", "browserContextId": c.context}, &made); err != nil {
		return err
	}
	if err := c.conn.call(ctx, "", "Target.attachToTarget", map[string]any{"targetId": made.TargetID, "flatten": true}, &made); err != nil {
		return err
	}
	c.session = made.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		if err := c.conn.call(ctx, c.session, domain+".enable", struct{}{}, nil); err != nil {
			return err
		}
	}
	return nil
}

func (c *chromium) open(ctx context.Context, url string) error {
	c.conn.take()
	var navigated struct{ ErrorText string }
	if err := c.conn.call(ctx, c.session, "Page.navigate", map[string]any{"url": url}, &navigated); err != nil {
		return err
	}
	if navigated.ErrorText != "" {
		return errors.New(navigated.ErrorText)
	}
	return c.conn.await(ctx, c.session, "Page.loadEventFired")
}

func (c *chromium) run(ctx context.Context, step json.RawMessage) (json.RawMessage, error) {
	var out struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	err := c.conn.call(ctx, c.session, "Runtime.evaluate", map[string]any{
		"expression": "(" + runner + ")(" + string(step) + ")", "awaitPromise": true, "returnByValue": true,
	}, &out)
	if err != nil {
		return nil, err
	}
	if e := out.ExceptionDetails; e != nil {
		return nil, fmt.Errorf("the runner threw: %s %s", e.Text, e.Exception.Description)
	}
	return out.Result.Value, nil
}

func (c *chromium) said(ctx context.Context) (messages, error) {
	// Messages of the renderer arrive before the answer to this call.
	err := c.conn.call(ctx, c.session, "Runtime.evaluate", map[string]any{"expression": "0"}, nil)
	var out messages
	for _, e := range c.conn.take() {
		if e.SessionID == c.session {
			out.addChromium(e)
		}
	}
	return out, err
}
