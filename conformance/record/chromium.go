package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/corsim/corsim/fetch/policy"
)

// chromium drives a headless Chromium through a pipe.
type chromium struct {
	world   *world
	path    string
	process *exec.Cmd
	conn    *cdp
	context string // the browser context of the tab
	session string // of the tab
	chromiumSettings

	mu       sync.Mutex
	children []string // sessions of the tab's workers and of frames in other processes
}

// chromiumSettings are what a browser has to be started with.
type chromiumSettings struct {
	// untrusted: the browser does not trust the certificates of the servers, and ignores their errors.
	untrusted bool
	// permissions are the answers to all documents. Those that the DevTools Protocol gives pass over the policies of
	// documents, so that a story with such policies has its answers here. The profile is then that of one story.
	permissions policy.Permissions
	// audited: the issues of the developer tools are recorded.
	audited bool
}

// settingsOf returns what a browser has to be started with for a story.
func settingsOf(s *Story) chromiumSettings {
	out := chromiumSettings{untrusted: s.World.CertificateErrors, audited: s.World.IsLocated()}
	if aboutPermissions.MatchString(s.text) {
		out.permissions = s.World.Permissions
	}
	return out
}

// aboutPermissions matches what lets a document use a permission, or does not.
var aboutPermissions = regexp.MustCompile(`(?i)"allow"|"message"|"permissions-policy"`)

// hasOwnProfile reports whether the profile is that of one story.
func (c *chromiumSettings) hasOwnProfile() bool { return c.permissions != policy.Permissions{} }

func newChromium(w *world) (*chromium, error) {
	path, err := w.find("chromium", "chromium", "google-chrome", "chromium-browser")
	return &chromium{world: w, path: path, chromiumSettings: chromiumSettings{untrusted: true}}, err
}

func (c *chromium) start(ctx context.Context) (string, error) {
	profile, err := c.world.newFolder()
	if err != nil {
		return "", err
	}
	preferences := filepath.Join(profile, "Default", "Preferences")
	if err := errors.Join(os.Mkdir(filepath.Dir(preferences), 0o700), os.WriteFile(preferences, c.preferences(), 0o600)); err != nil {
		return "", err
	}
	var version struct{ Product string }
	ctx, cancel := context.WithTimeout(ctx, 2*patience)
	defer cancel()
	if err := c.launch(ctx, profile); err != nil {
		return "", err
	}
	if err := c.conn.call(ctx, "", "Browser.getVersion", struct{}{}, &version); err != nil {
		return "", err
	}
	_, number, _ := strings.Cut(version.Product, "/")
	return "chromium " + number, nil
}

func (c *chromium) stop() {
	if c.process == nil || c.process.Process == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if c.conn == nil || c.conn.call(ctx, "", "Browser.close", struct{}{}, nil) != nil {
		c.process.Process.Kill()
	}
	c.process.Wait()
	c.process, c.conn, c.context = nil, nil, ""
}

// reset opens a tab in a new browser context, which shares nothing with those before.
func (c *chromium) reset(ctx context.Context, s *Story, keep bool) error {
	settings := settingsOf(s)
	if keep && settings == c.chromiumSettings {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if settings != c.chromiumSettings || settings.hasOwnProfile() {
		c.chromiumSettings = settings
		c.stop()
		if _, err := c.start(ctx); err != nil {
			return err
		}
	}
	if c.context != "" {
		if err := c.conn.call(ctx, "", "Target.disposeBrowserContext", map[string]any{"browserContextId": c.context}, nil); err != nil {
			return err
		}
	}
	if err := c.newTab(ctx, s); err != nil {
		return err
	}
	c.mu.Lock()
	c.children = nil
	c.mu.Unlock()
	for _, domain := range c.domains() {
		if err := c.conn.call(ctx, c.session, domain+".enable", struct{}{}, nil); err != nil {
			return err
		}
	}
	return c.conn.call(ctx, c.session, "Target.setAutoAttach", autoAttach, nil)
}

// newTab opens a tab, in a new browser context with the answers of a story unless the profile is that of the story.
func (c *chromium) newTab(ctx context.Context, s *Story) error {
	var made struct{ BrowserContextID, TargetID, SessionID string }
	where := map[string]any{"url": "about:blank"}
	if !c.hasOwnProfile() {
		if err := c.conn.call(ctx, "", "Target.createBrowserContext", struct{}{}, &made); err != nil {
			return err
		}
		c.context = made.BrowserContextID
		where["browserContextId"] = c.context
		if err := c.permit(ctx, s); err != nil {
			return err
		}
	}
	if err := c.conn.call(ctx, "", "Target.createTarget", where, &made); err != nil {
		return err
	}
	if err := c.conn.call(ctx, "", "Target.attachToTarget", map[string]any{"targetId": made.TargetID, "flatten": true}, &made); err != nil {
		return err
	}
	c.session = made.SessionID
	return nil
}

// permit gives the answers of a story in the browser context. Documents that are not trustworthy cannot ask.
func (c *chromium) permit(ctx context.Context, s *Story) error {
	for _, p := range permissionsOf(s) {
		if !p.origin.IsPotentiallyTrustworthy() {
			continue
		}
		err := c.conn.call(ctx, "", "Browser.setPermission", map[string]any{
			"permission": map[string]any{"name": p.name}, "setting": p.state.String(), "origin": p.origin.String(), "browserContextId": c.context,
		}, nil)
		if err != nil {
			return err
		}
	}
	return nil
}

// domains returns the domains of the DevTools Protocol that say something of a document.
func (c *chromium) domains() []string {
	out := []string{"Page", "Runtime", "Log", "Network"}
	if c.audited {
		out = append(out, "Audits")
	}
	return out
}

// autoAttach makes a session of each worker and of each frame in another process, which wait until [chromium.adopt] has
// listened to them.
var autoAttach = map[string]any{"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true}

// adopt listens to a worker or a frame that has just started, and lets it run.
func (c *chromium) adopt(conn *cdp, e cdpMessage) {
	var child struct {
		SessionID  string
		TargetInfo struct{ Type string }
	}
	if e.Method != "Target.attachedToTarget" || e.SessionID == "" || json.Unmarshal(e.Params, &child) != nil {
		return
	}
	c.mu.Lock()
	c.children = append(c.children, child.SessionID)
	c.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	// A worker's document repeats what the worker logs.
	domains := []string{"Network"}
	if child.TargetInfo.Type != "worker" {
		domains = append(domains, "Log")
	}
	if child.TargetInfo.Type == "service_worker" {
		conn.startServiceWorker(child.SessionID)
		return
	}
	// A worker has fewer domains than a frame; what it does not have is an error that says nothing.
	for _, domain := range domains {
		_ = conn.call(ctx, child.SessionID, domain+".enable", struct{}{}, nil)
	}
	_ = conn.call(ctx, child.SessionID, "Target.setAutoAttach", autoAttach, nil)
	_ = conn.call(ctx, child.SessionID, "Runtime.runIfWaitingForDebugger", struct{}{}, nil)
}

// startServiceWorker listens to a service worker and lets it run. It answers no call before it runs.
func (c *cdp) startServiceWorker(session string) {
	for _, method := range []string{"Log.enable", "Network.enable", "Runtime.runIfWaitingForDebugger"} {
		// A service worker that is gone says nothing.
		_, _ = c.send(cdpMessage{SessionID: session, Method: method, Params: json.RawMessage("{}")})
	}
}

// sessions returns the session of the tab and those of its workers and frames.
func (c *chromium) sessions() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]string{c.session}, c.children...)
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
		"expression": call(step, runnerTimes), "awaitPromise": true, "returnByValue": true,
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
	sessions := c.sessions()
	for i, session := range sessions {
		// Messages of the renderer arrive before the answer to this call. A worker or a frame may be gone.
		err := c.conn.call(ctx, session, "Runtime.evaluate", map[string]any{"expression": "0"}, nil)
		if err != nil && i == 0 {
			return messages{}, err
		}
	}
	var out messages
	for _, e := range c.conn.take() {
		if slices.Contains(sessions, e.SessionID) {
			out.addChromium(e)
		}
	}
	return out, nil
}
