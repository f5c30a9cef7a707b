package record

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
)

// webkit drives a MiniBrowser of WebKitGTK. Nothing steers it from outside, because a steered MiniBrowser does not print its
// console: each document asks the server for scripts, one after the other.
type webkit struct {
	world   *world
	path    string
	display string // of the X server
	x       *exec.Cmd
	browser *exec.Cmd
	ended   chan struct{} // closed when the browser has ended
	turns   *turns

	mu    sync.Mutex
	lines []string // of the console
}

// miniBrowsers are the places of MiniBrowser, which is in no folder of PATH.
var miniBrowsers = []string{"/usr/lib/*/webkit2gtk-4.1/MiniBrowser", "/usr/lib*/webkit2gtk-4.1/MiniBrowser", "/usr/libexec/webkit2gtk-4.1/MiniBrowser"}

func newWebKit(w *world) (*webkit, error) {
	k := &webkit{world: w, turns: newTurns()}
	for _, pattern := range miniBrowsers {
		if found, err := filepath.Glob(pattern); err == nil && len(found) > 0 {
			k.path = found[0]
			w.pages.turns, w.pages.script = k.turns, turnScript
			return k, nil
		}
	}
	return nil, missing("MiniBrowser of WebKitGTK", "libwebkit2gtk-4.1-0 webkit2gtk-driver")
}

// start starts the X server. Each reset starts a browser.
func (k *webkit) start(ctx context.Context) (string, error) {
	if k.x == nil {
		if err := k.startX(ctx); err != nil {
			return "", err
		}
	}
	folder, err := k.world.newFolder()
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, k.path, "--version")
	cmd.Env = k.environment(folder)
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s --version: %w", k.path, err)
	}
	fields := strings.Fields(string(out)) // WebKitGTK 2.50.6
	if len(fields) < 2 {
		return "", fmt.Errorf("%s --version says %q", k.path, out)
	}
	return "webkit " + fields[1] + " (WebKitGTK)", nil
}

func (k *webkit) startX(ctx context.Context) error {
	path, err := program("xvfb", "Xvfb")
	if err != nil {
		return err
	}
	in, out, err := os.Pipe()
	if err != nil {
		return err
	}
	defer in.Close()
	k.x = exec.Command(path, "-displayfd", "3", "-nolisten", "tcp", "-screen", "0", "1024x768x24")
	k.x.ExtraFiles = []*os.File{out}
	err = k.x.Start()
	out.Close()
	if err != nil {
		return err
	}
	number, err := bufio.NewReader(in).ReadString('\n')
	k.display = ":" + strings.TrimSpace(number)
	return err
}

// environment keeps everything that the browser stores in a folder.
func (k *webkit) environment(folder string) []string {
	return append(os.Environ(),
		"DISPLAY="+k.display, "HOME="+folder, "XDG_DATA_HOME="+folder+"/data", "XDG_CACHE_HOME="+folder+"/cache", "XDG_CONFIG_HOME="+folder+"/config",
		"XDG_RUNTIME_DIR="+folder, "GIO_USE_VFS=local", "NO_AT_BRIDGE=1", "DBUS_SESSION_BUS_ADDRESS=disabled:", "GSETTINGS_BACKEND=memory",
		"WEBKIT_DISABLE_COMPOSITING_MODE=1", "LIBGL_ALWAYS_SOFTWARE=1", "LC_ALL=C.UTF-8")
}

// launch starts a browser that has stored nothing, at a URL.
func (k *webkit) launch(url string) error {
	folder, err := k.world.newFolder()
	if err != nil {
		return err
	}
	in, out, err := os.Pipe()
	if err != nil {
		return err
	}
	k.browser = exec.Command(k.path, "--ignore-tls-errors", "--enable-write-console-messages-to-stdout=true", url)
	k.browser.Env = k.environment(folder)
	k.browser.Stdout, k.browser.Stderr = out, out
	err = k.browser.Start()
	out.Close()
	if err != nil {
		k.browser = nil
		return err
	}
	ended, browser := make(chan struct{}), k.browser
	k.ended = ended
	go func() {
		browser.Wait()
		close(ended)
	}()
	go k.listen(in)
	return nil
}

// errEnded is the error of a MiniBrowser that nobody told to end.
var errEnded = errors.New("MiniBrowser ended")

// alive returns a context that ends with the browser, and then has errEnded as its cause.
func (k *webkit) alive(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-k.ended:
			cancel(errEnded)
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(nil) }
}

// listen keeps the lines that a browser prints.
func (k *webkit) listen(in io.ReadCloser) {
	defer in.Close()
	lines := bufio.NewReaderSize(in, 1<<16)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		k.mu.Lock()
		k.lines = append(k.lines, strings.TrimSuffix(line, "\n"))
		k.mu.Unlock()
	}
}

func (k *webkit) stop() {
	if k.browser != nil {
		k.browser.Process.Kill()
		<-k.ended
		k.browser = nil
	}
}

// reset ends the browser, or only the scenario: a browser that stays has nothing that the next scenario could see.
func (k *webkit) reset(_ context.Context, _ *Story, keep bool) error {
	if !keep {
		k.stop()
	}
	return nil
}

func (k *webkit) open(ctx context.Context, url string) error {
	if k.browser == nil {
		k.turns.clear()
		if err := k.launch(url); err != nil {
			return err
		}
		return k.ready(ctx)
	}
	where, err := json.Marshal(url)
	if err != nil {
		return err
	}
	ctx, cancel := k.alive(ctx)
	defer cancel()
	// The document that goes must not ask for another script.
	if err := k.turns.give(ctx, leave+"; top.location.href = "+string(where)); err != nil {
		return err
	}
	k.turns.clear()
	return k.ready(ctx)
}

// errUnsteered is the error of a document that does not ask what to do.
var errUnsteered = &unrecordableError{"the document's policies stop the script or the frame with which the recorder steers MiniBrowser"}

// ready waits until the document that was opened asks what to do. One with policies may never do so.
func (k *webkit) ready(ctx context.Context) error {
	ctx, cancelAlive := k.alive(ctx)
	defer cancelAlive()
	opened := k.world.pages.waitingFor()
	if opened == nil || len(opened.policies) == 0 {
		return k.turns.ready(ctx)
	}
	short, cancel := context.WithTimeout(ctx, steeringPatience)
	defer cancel()
	if err := k.turns.ready(short); err != nil && ctx.Err() == nil {
		k.stop() // the document would not leave
		return errUnsteered
	}
	return context.Cause(ctx)
}

// stepPatience is the longest time for a step, which the runner itself ends after six seconds.
const stepPatience = time.Minute

// steeringPatience is the longest time until a document with policies asks what to do.
const steeringPatience = 45 * time.Second

func (k *webkit) run(ctx context.Context, step json.RawMessage) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, stepPatience)
	defer cancel()
	ctx, cancelAlive := k.alive(ctx)
	defer cancelAlive()
	// In a frame, the names in the runner are those of the document.
	script := "with (top) { var corsimResult = " + call(step, runnerTimes) + "; }\n" +
		"corsimResult.then(corsimDone, (e) => corsimDone({ threw: String(e) }))"
	if err := k.turns.give(ctx, script); err != nil {
		return nil, err
	}
	select {
	case body := <-k.turns.results:
		var threw struct{ Threw *string }
		if json.Unmarshal([]byte(body), &threw) == nil && threw.Threw != nil {
			return nil, errors.New("the runner threw: " + *threw.Threw)
		}
		return json.RawMessage(body), nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// consoleLine is the start of a message of the console. The next lines belong to it, until the next message.
var consoleLine = regexp.MustCompile(`^(?:.*?:\d+:\d+: |.*? )?CONSOLE (?:[A-Z-]+ )?(?:LOG|INFO|WARN|ERROR|DEBUG) (.*)$`)

func (k *webkit) said(ctx context.Context) (messages, error) {
	// The browser prints from other processes, which nothing can wait for.
	if err := sleep(ctx, 50*time.Millisecond); err != nil {
		return messages{}, err
	}
	k.mu.Lock()
	lines := k.lines
	k.lines = nil
	k.mu.Unlock()
	var out messages
	isServed := k.world.pages.serviceWorker() != nil
	for _, line := range lines {
		if m := consoleLine.FindStringSubmatch(line); m != nil && isWebKitMessage(m[1], isServed) {
			out.console = append(out.console, m[1])
		}
	}
	return out, nil
}

// isWebKitMessage reports whether a message belongs into observations: it says why a request is blocked, and is not the
// notice that any request failed, nor that the runner looked into a frame, nor about a request of the recorder itself. In a
// story with a service worker it is not either that nobody handles a rejected promise: the worker's script leaves some alone,
// and its process says so at any time.
func isWebKitMessage(text string, isServed bool) bool {
	for _, start := range []string{"Failed to load resource: ", "Blocked a frame with origin ", "Sandbox access violation: "} {
		if strings.HasPrefix(text, start) {
			return false
		}
	}
	return !strings.Contains(text, "/__corsim/") && (!isServed || !strings.HasPrefix(text, "Unhandled Promise Rejection: "))
}
