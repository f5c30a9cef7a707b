package console

import "github.com/corsim/corsim/fetch/browser"

// CanvasError returns the exception of toDataURL() on a canvas on which script drew the
// image of a result; ok is false if script can read the canvas, or if the engine has no
// text.
func CanvasError(r *browser.Result) (text string, ok bool) {
	if !r.TaintsCanvas() {
		return "", false
	}
	var l Line
	switch r.Profile.Engine() {
	case browser.EngineChromium:
		l = chromiumCanvasTainted.line(fields{{"word", "toDataURL"}, {"word", "HTMLCanvasElement"}})
	case browser.EngineFirefox:
		l = firefoxInsecure.line(nil)
	case browser.EngineWebKit:
		l = webkitInsecure.line(nil)
	default:
		return "", false
	}
	return l.Fill(), true
}
