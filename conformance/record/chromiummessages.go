package record

import (
	"encoding/json"
	"strings"
)

// addChromium adds what an event of the DevTools Protocol says.
func (m *messages) addChromium(e cdpMessage) {
	switch e.Method {
	case "Audits.issueAdded":
		m.addAudit(e)
	case "Log.entryAdded":
		var p struct {
			Entry struct{ Source, Level, Text string }
		}
		if json.Unmarshal(e.Params, &p) == nil && isChromiumMessage(p.Entry.Text) {
			m.console = append(m.console, p.Entry.Text)
		}
	case "Network.loadingFailed":
		var p struct {
			Type                     string
			ErrorText, BlockedReason string
			CorsErrorStatus          *struct{ CorsError, FailedParameter string }
		}
		if json.Unmarshal(e.Params, &p) != nil {
			return
		}
		if c := p.CorsErrorStatus; c != nil {
			issue := c.CorsError
			if c.FailedParameter != "" {
				issue += ": " + c.FailedParameter
			}
			m.issues = append(m.issues, issue)
		} else if p.BlockedReason != "" {
			m.issues = append(m.issues, "blocked: "+p.BlockedReason)
		} else if isChromiumError(p.ErrorText) && !(p.Type == "Preflight" && p.ErrorText == "net::ERR_FAILED") {
			m.issues = append(m.issues, p.ErrorText)
		}
	}
}

// isChromiumMessage reports whether a message belongs into observations: it says why a request is blocked,
// and is not the notice that any request failed, nor that the machine is slow.
func isChromiumMessage(text string) bool {
	if strings.HasPrefix(text, "Slow network is detected.") {
		return false
	}
	rest, ok := strings.CutPrefix(text, "Failed to load resource: ")
	return !ok || strings.HasPrefix(rest, "net::ERR_BLOCKED_BY_")
}

// isChromiumError reports whether an error of the network stack is a reason, and not that script or the page itself ended
// the request. Without a reason of CORS, net::ERR_FAILED is one: redirect mode "error" has no other.
func isChromiumError(text string) bool { return text != "net::ERR_ABORTED" }
