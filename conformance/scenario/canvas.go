package scenario

import (
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain/console"
)

// observeCanvas sets what a recorder sees of an image that script draws on a canvas and
// tries to read.
func observeCanvas(out *StepObservation, step Step, r *browser.Result) {
	element, ok := step.(*ElementStep)
	if !ok || !element.Canvas || out.Outcome != OutcomeLoad {
		return
	}
	out.Readable = Some(!r.TaintsCanvas())
	out.ReadError.Value, out.ReadError.OK = console.CanvasError(r)
}
