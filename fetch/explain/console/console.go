package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// printer is what one engine prints of a result.
type printer interface {
	// lines returns the lines on the console, in order.
	lines(*browser.Result) []Line
	// scriptError returns the error that script catches, or that an element or
	// event source reports; ok is false where there is none.
	scriptError(*browser.Result) (l Line, ok bool)
	// issues returns the engine's machine-readable codes, in order.
	issues(*browser.Result) []string
}

// silent is the printer of the standard, which prints nothing.
type silent struct{}

func (silent) lines(*browser.Result) []Line { return nil }

func (silent) scriptError(*browser.Result) (l Line, ok bool) { return Line{}, false }

func (silent) issues(*browser.Result) []string { return nil }

// several is the printer of a result whose resource loaded others: it prints for each
// of them.
type several struct{}

func (several) lines(r *browser.Result) []Line {
	if r.Profile.Engine() == browser.EngineWebKit {
		return webkit{}.graph(r)
	}
	return merged(r, func(l *browser.Result) []Line { return printerOf(l).lines(l) })
}

func (several) scriptError(r *browser.Result) (l Line, ok bool) {
	if failed := r.Failed(); failed != r {
		return printerOf(failed).scriptError(failed)
	}
	return Line{}, false
}

func (several) issues(r *browser.Result) []string {
	return merged(r, func(l *browser.Result) []string { return printerOf(l).issues(l) })
}

// merged returns what all loads of a result print: their early lines, and then the others.
func merged[T any](r *browser.Result, printed func(*browser.Result) []T) []T {
	var first, rest []T
	for _, l := range r.Loads() {
		lines := printed(l)
		n := min(early(l), len(lines))
		first, rest = append(first, lines[:n]...), append(rest, lines[n:]...)
	}
	return append(first, rest...)
}

// early returns how many lines of a result come before those of all others.
func early(r *browser.Result) int {
	if r.Profile.Engine() != browser.EngineFirefox {
		return 0
	}
	return len(firefox{}.localNetwork(r))
}

// afterPreload is the printer of a result that failed because a preload had failed, which
// has printed why.
type afterPreload struct{ silent }

func (afterPreload) lines(r *browser.Result) []Line {
	switch r.Profile.Engine() {
	case browser.EngineChromium:
		if l, ok := upgradeNotice(r); ok {
			return []Line{l}
		}
	case browser.EngineWebKit:
		if l, ok := (webkit{}).blocked(r); ok {
			return []Line{l}
		}
	}
	return nil
}

func printerOf(r *browser.Result) printer {
	if r.Loads() != nil {
		return several{}
	}
	if p := r.Preload(); p != nil && r.Failure != nil && r.Failure == p.Failure {
		return afterPreload{}
	}
	if r.Earlier() != nil && r.Failure != nil && r.Preload() == nil {
		return silent{} // a failure that the document remembers is not printed again
	}
	switch r.Profile.Engine() {
	case browser.EngineChromium:
		return chromium{}
	case browser.EngineFirefox:
		// Nothing is said of a preload that is not sent.
		if r.Tag == browser.TagPreload && r.Failure != nil && r.Failure.Reason == fetch.ReasonMixedContent && len(r.Trace.Exchanges) == 0 {
			return silent{}
		}
		return firefox{}
	case browser.EngineWebKit:
		return webkit{}
	}
	return silent{}
}

// Print returns what the result's engine prints on its console, in order.
func Print(r *browser.Result) []string {
	lines := printerOf(r).lines(r)
	if len(lines) == 0 {
		return nil
	}
	texts := make([]string, len(lines))
	for i := range lines {
		texts[i] = lines[i].Fill()
	}
	return texts
}

// Lines returns what [Print] returns, with the messages and values behind it.
func Lines(r *browser.Result) []Line {
	lines := printerOf(r).lines(r)
	for i := range lines {
		lines[i].complete()
	}
	return lines
}

// ScriptError returns the engine's own text of the error that script catches;
// ok is false where nothing failed or the engine has no text.
func ScriptError(r *browser.Result) (text string, ok bool) {
	l, ok := printerOf(r).scriptError(r)
	if !ok {
		return "", false
	}
	return l.Fill(), true
}

// ScriptErrorLine returns what [ScriptError] returns, with the message and the
// values behind it.
func ScriptErrorLine(r *browser.Result) (l Line, ok bool) {
	if l, ok = printerOf(r).scriptError(r); ok {
		l.complete()
	}
	return l, ok
}

// Issues returns the machine-readable codes that the engine files for a result,
// in order: Chromium's CorsError names, Firefox's message keys.
func Issues(r *browser.Result) []string { return printerOf(r).issues(r) }

// Shown returns the lines of [Print] as the console shows them at first. Firefox
// shows the first 1,000 characters of a message; the rest comes when somebody opens
// it.
func Shown(r *browser.Result) []string {
	const most = 1000
	lines := Print(r)
	if r.Profile.Engine() != browser.EngineFirefox {
		return lines
	}
	for i, line := range lines {
		if len(line) <= most {
			continue
		}
		if letters := []rune(line); len(letters) > most {
			lines[i] = string(letters[:most])
		}
	}
	return lines
}
