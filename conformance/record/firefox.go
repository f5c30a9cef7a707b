package record

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/corsim/corsim/fetch/policy"
)

// firefoxPreferences turn off what Firefox does by itself, and what makes a recording unsteady.
var firefoxPreferences = []string{
	// Without these, Firefox sends a request again that nobody answered, and tries https first.
	`"network.http.request.max-attempts", 1`,
	`"dom.security.https_first", false`,
	`"dom.security.https_first_pbm", false`,
	`"dom.security.https_first_schemeless", false`,
	`"network.http.speculative-parallel-limit", 0`,
	`"network.http.fast-fallback-to-IPv4", false`,
	`"network.dns.disablePrefetch", true`,
	`"network.prefetch-next", false`,
	`"network.predictor.enabled", false`,
	`"network.proxy.type", 0`,
	`"network.trr.mode", 5`,
	`"network.captive-portal-service.enabled", false`,
	`"network.connectivity-service.enabled", false`,
	`"network.stricttransportsecurity.preloadlist", false`,
	`"security.OCSP.enabled", 0`,
	`"signon.rememberSignons", false`,
	// No question to the user when a form is sent from https to http.
	`"security.warn_submit_secure_to_insecure", false`,
	`"browser.chrome.site_icons", false`,
	`"browser.shell.checkDefaultBrowser", false`,
	`"browser.startup.homepage_override.mstone", "ignore"`,
	`"browser.startup.page", 0`,
	`"browser.newtabpage.enabled", false`,
	`"browser.safebrowsing.malware.enabled", false`,
	`"browser.safebrowsing.phishing.enabled", false`,
	`"browser.sessionstore.resume_from_crash", false`,
	`"browser.search.update", false`,
	`"browser.region.network.url", ""`,
	`"browser.topsites.contile.enabled", false`,
	`"app.update.disabledForTesting", true`,
	`"app.normandy.enabled", false`,
	`"datareporting.policy.dataSubmissionEnabled", false`,
	`"datareporting.healthreport.uploadEnabled", false`,
	`"toolkit.telemetry.reportingpolicy.firstRun", false`,
	`"extensions.update.enabled", false`,
	`"extensions.getAddons.cache.enabled", false`,
	`"extensions.systemAddon.update.enabled", false`,
	`"services.settings.server", "data:,"`,
	`"media.gmp-manager.updateEnabled", false`,
	`"media.autoplay.default", 0`,
	`"remote.prefs.recommended", false`,
}

// marionettePort is where Firefox listens in a world in which every port is free.
const marionettePort = 2828

// firefoxRoutes are the preferences that lead all hosts and ports of a mapped world to its server.
func (w *world) firefoxRoutes() []string {
	if w.mapped == "" {
		return nil
	}
	_, server, _ := net.SplitHostPort(w.mapped)
	_, refused, _ := net.SplitHostPort(refusedAddress)
	routes := []string{fmt.Sprintf("%d=%s", refusedPort, refused)}
	for _, port := range w.network.ports {
		routes = append(routes, fmt.Sprintf("%d=%s", port, server))
	}
	return []string{
		`"network.dns.forceResolve", "127.0.0.1"`,
		`"network.socket.forcePort", "` + strings.Join(routes, ";") + `"`,
	}
}

// firefox drives a headless Firefox through Marionette.
type firefox struct {
	world   *world
	path    string
	process *exec.Cmd
	conn    *marionette
	times   runnerOptions // of the story
}

func newFirefox(w *world) (*firefox, error) {
	path, err := w.find("firefox-esr", "firefox-esr", "firefox")
	return &firefox{world: w, path: path}, err
}

func (f *firefox) start(ctx context.Context) (string, error) {
	profile, err := f.world.newFolder()
	if err != nil {
		return "", err
	}
	var preferences strings.Builder
	port, err := f.world.freePort(marionettePort)
	if err != nil {
		return "", err
	}
	for _, p := range slices.Concat(firefoxPreferences, f.world.firefoxRoutes(), []string{fmt.Sprintf(`"marionette.port", %d`, port)}) {
		preferences.WriteString("user_pref(" + p + ");\n")
	}
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(preferences.String()), 0o600); err != nil {
		return "", err
	}
	f.process = exec.Command(f.path, "--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", profile, "about:blank")
	f.process.Env = append(os.Environ(), "HOME="+profile, "MOZ_CRASHREPORTER_DISABLE=1", "MOZ_DISABLE_AUTO_SAFE_MODE=1")
	if log, err := os.Create(filepath.Join(profile, "corsim.log")); err == nil {
		f.process.Stdout, f.process.Stderr = log, log
		defer log.Close()
	}
	if err := f.process.Start(); err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, 2*patience)
	defer cancel()
	if f.conn, err = dialMarionette(ctx, fmt.Sprintf("127.0.0.1:%d", port)); err != nil {
		return "", err
	}
	var session struct {
		Capabilities struct{ BrowserVersion string }
	}
	err = f.conn.call(ctx, "WebDriver:NewSession", map[string]any{"acceptInsecureCerts": true, "pageLoadStrategy": "normal"}, &session)
	if err != nil {
		return "", err
	}
	if err := f.conn.script(ctx, inBrowser, firefoxListen, nil, nil); err != nil {
		return "", err
	}
	return "firefox " + session.Capabilities.BrowserVersion, nil
}

// firefoxListen keeps each message that the console of the browser gets, also from processes of documents.
const firefoxListen = `
	window.corsimMessages = [];
	window.corsimListener = {
		QueryInterface: ChromeUtils.generateQI(["nsIConsoleListener"]),
		observe(m) {
			if (m instanceof Ci.nsIScriptError) {
				window.corsimMessages.push({ text: m.errorMessage, category: m.category });
			}
		},
	};
	Services.console.registerListener(window.corsimListener);
	arguments[arguments.length - 1]();`

// firefoxClose closes all tabs but the selected one.
const firefoxClose = `
	for (const tab of [...gBrowser.tabs]) {
		if (tab !== gBrowser.selectedTab) gBrowser.removeTab(tab, { animate: false, skipPermitUnload: true });
	}
	arguments[arguments.length - 1]();`

// firefoxForget deletes what sites stored: cookies, caches of responses and of preflights, logins, storage and permissions.
// Decisions about certificates stay, because the session accepts all.
const firefoxForget = `
	const done = arguments[arguments.length - 1];
	const s = Ci.nsIClearDataService;
	const what = s.CLEAR_COOKIES | s.CLEAR_ALL_CACHES | s.CLEAR_AUTH_TOKENS | s.CLEAR_AUTH_CACHE | s.CLEAR_DOM_STORAGES |
		s.CLEAR_PERMISSIONS | s.CLEAR_HSTS | s.CLEAR_STORAGE_ACCESS;
	Services.clearData.deleteData(what, { onDataDeleted: () => done() });`

// firefoxPermit answers a question of the documents of an origin for good.
const firefoxPermit = `
	const [origin, name, granted, done] = arguments;
	const principal = Services.scriptSecurityManager.createContentPrincipalFromOrigin(origin);
	const manager = Ci.nsIPermissionManager;
	Services.perms.addFromPrincipal(principal, name, granted ? manager.ALLOW_ACTION : manager.DENY_ACTION);
	done();`

const firefoxTake = `
	const messages = window.corsimMessages;
	window.corsimMessages = [];
	arguments[arguments.length - 1](messages);`

func (f *firefox) stop() {
	if f.process == nil || f.process.Process == nil {
		return
	}
	// On Windows the process that was started is not the browser, which must be told to end.
	if f.world.mapped != "" && f.conn != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		_ = f.conn.call(ctx, "Marionette:Quit", map[string]any{"flags": []string{"eForceQuit"}}, nil)
		cancel()
	}
	f.process.Process.Kill()
	f.process.Wait()
	if f.conn != nil {
		f.conn.conn.Close()
	}
	f.process, f.conn = nil, nil
}

func (f *firefox) reset(ctx context.Context, s *Story, keep bool) error {
	f.times = runnerTimes
	if asksNobody(s) {
		f.times.Patience = unansweredPatience
	}
	// A new tab can cost a new process.
	if keep {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var tab struct{ Handle string }
	if err := f.conn.call(ctx, "WebDriver:NewWindow", map[string]any{"type": "tab", "focus": true}, &tab); err != nil {
		return err
	}
	if err := f.conn.call(ctx, "WebDriver:SwitchToWindow", map[string]any{"handle": tab.Handle}, nil); err != nil {
		return err
	}
	if err := f.conn.script(ctx, inBrowser, firefoxClose, nil, nil); err != nil {
		return err
	}
	if err := f.conn.script(ctx, inBrowser, firefoxForget, nil, nil); err != nil {
		return err
	}
	for _, p := range permissionsOf(s) {
		if err := f.conn.script(ctx, inBrowser, firefoxPermit, []any{p.origin.String(), p.name, p.state == policy.PermissionGranted}, nil); err != nil {
			return err
		}
	}
	return nil
}

func (f *firefox) open(ctx context.Context, url string) error {
	if f.conn.inBrowser {
		if err := f.conn.call(ctx, "Marionette:SetContext", map[string]any{"value": inDocument}, nil); err != nil {
			return err
		}
		f.conn.inBrowser = false
	}
	return f.conn.call(ctx, "WebDriver:Navigate", map[string]any{"url": url}, nil)
}

func (f *firefox) run(ctx context.Context, step json.RawMessage) (json.RawMessage, error) {
	var out struct {
		Text  string
		Threw *string
	}
	body := "const [done] = arguments; " + call(step, f.times) + ".then((r) => done({ text: JSON.stringify(r) }), (e) => done({ threw: String(e) }));"
	if err := f.conn.script(ctx, inDocument, body, nil, &out); err != nil {
		return nil, err
	}
	if out.Threw != nil {
		return nil, fmt.Errorf("the runner threw: %s", *out.Threw)
	}
	return json.RawMessage(out.Text), nil
}

func (f *firefox) said(ctx context.Context) (messages, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var list []firefoxMessage
	if err := f.conn.script(ctx, inBrowser, firefoxTake, nil, &list); err != nil {
		return messages{}, err
	}
	var out messages
	out.addFirefox(list)
	return out, nil
}

// firefoxMessage is a message of the browser console.
type firefoxMessage struct{ Text, Category string }

// isNotice reports whether the message is about local network access. Such messages come from another process at any time, so
// that they are before all others in observations.
func (m *firefoxMessage) isNotice() bool { return strings.HasPrefix(m.Text, "Local Network Access ") }

// hasIgnoredText reports whether the message is one that the corpora do not have, but whose category they have: about a
// response that is not XML, and about the type of a synchronous XMLHttpRequest.
func (m *firefoxMessage) hasIgnoredText() bool {
	return strings.HasPrefix(m.Text, "XML Parsing Error: ") || strings.HasPrefix(m.Text, "Use of XMLHttpRequest’s responseType attribute ")
}

// addFirefox adds what the browser console says about a step.
func (m *messages) addFirefox(list []firefoxMessage) {
	notices, others := []firefoxMessage(nil), []firefoxMessage(nil)
	for _, said := range list {
		switch {
		case said.isNotice():
			said.Text, _, _ = strings.Cut(said.Text, "\n") // the stack of the script follows
			notices = append(notices, said)
		case !slices.Contains(firefoxIgnored, said.Category) && !said.hasIgnoredText():
			others = append(others, said)
		}
	}
	for _, said := range append(notices, others...) {
		m.console = append(m.console, nullPrincipal.ReplaceAllString(said.Text, "moz-nullprincipal:{…}"))
		m.issues = append(m.issues, said.Category)
	}
}

// nullPrincipal matches the name of a sandboxed document, which is random.
var nullPrincipal = regexp.MustCompile(`moz-nullprincipal:\{[0-9a-f-]+\}`)

// firefoxIgnored are categories of messages that are not about requests, and that the corpora do not have: of the browser's
// own scripts, of the text of documents, of forms, of style sheets, of cookies (they come at any time), of old functions, and of
// headers that another one replaces.
var firefoxIgnored = []string{
	"chrome javascript", "component javascript", "system javascript", "XPConnect JavaScript", "HTML", "HTML Parser", "CSS Parser",
	"Layout: Page", "Layout", "content javascript", "HTML_Parser__Quirks", "CSS Loader", "DOM Core", "cookieSameSite", "CSP_IgnoringSrcBecauseOfDirective",
}
