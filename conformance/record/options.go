package record

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// runnerOptions are the times that the runner waits, in milliseconds.
type runnerOptions struct {
	Patience         int64 `json:"patience"`         // for any outcome
	Message          int64 `json:"message"`          // for the message of a frame
	MessageAfterLoad int64 `json:"messageAfterLoad"` // for the message of a frame that has loaded
	Form             int64 `json:"form"`             // for the frame of a form
	Style            int64 `json:"style"`            // for what a style sheet loads
	Close            int64 `json:"close"`            // from the event error of a WebSocket to its event close
}

// runnerTimes are those with which the corpora were recorded.
var runnerTimes = runnerOptions{
	Patience:         (6 * time.Second).Milliseconds(),
	Message:          (4500 * time.Millisecond).Milliseconds(),
	MessageAfterLoad: (2100 * time.Millisecond).Milliseconds(),
	Form:             (3600 * time.Millisecond).Milliseconds(),
	Style:            (300 * time.Millisecond).Milliseconds(),
	Close:            (1000 * time.Millisecond).Milliseconds(),
}

// unansweredPatience is how long Firefox waits for a step, in milliseconds, in a story that asks the user what nobody
// answers. A question that is open when the next one is asked is refused.
var unansweredPatience = (2500 * time.Millisecond).Milliseconds()

// call returns the JavaScript expression of a promise of what the runner returns for a step.
func call(step json.RawMessage, times runnerOptions) string {
	options, _ := json.Marshal(times)
	return fmt.Sprintf("(%s)(%s, %s)", strings.TrimSpace(runner), step, options)
}

// workerScript is the script of the worker of each document.
func workerScript() string {
	return "const corsimRun = " + strings.TrimSpace(runner) + ";\n" +
		"onmessage = ({ data }) => corsimRun(...data).then(postMessage, (e) => postMessage({ outcome: 'failed', error: String(e) }));\n"
}
