package console

import "github.com/corsim/corsim/fetch/browser"

// printer is what one engine says about a result.
type printer interface {
	// console returns the messages on the console, in order.
	lines(*browser.Result) []string
	// scriptError returns the text of the error that script catches, or of the
	// error that an element or event source reports; ok is false where there is
	// none.
	scriptError(*browser.Result) (text string, ok bool)
	// issues returns the engine's machine-readable codes, in order.
	issues(*browser.Result) []string
}

// silent is the printer of the standard, which prints nothing.
type silent struct{}

func (silent) lines(*browser.Result) []string { return nil }

func (silent) scriptError(*browser.Result) (text string, ok bool) { return "", false }

func (silent) issues(*browser.Result) []string { return nil }

func printerOf(r *browser.Result) printer {
	if r.Earlier() != nil && r.Failure != nil {
		return silent{} // what failed before fails again without a word
	}
	switch r.Profile.Engine() {
	case browser.EngineChromium:
		return chromium{}
	case browser.EngineFirefox:
		return firefox{}
	case browser.EngineWebKit:
		return webkit{}
	}
	return silent{}
}

// Print returns what the result's engine prints on its console, in order.
func Print(r *browser.Result) []string { return printerOf(r).lines(r) }

// ScriptError returns the engine's own text of the error that script catches;
// ok is false where nothing failed or the engine has no text.
func ScriptError(r *browser.Result) (text string, ok bool) { return printerOf(r).scriptError(r) }

// Issues returns the machine-readable codes that the engine files for a result,
// in order: Chromium's CorsError names, Firefox's message keys.
func Issues(r *browser.Result) []string { return printerOf(r).issues(r) }
