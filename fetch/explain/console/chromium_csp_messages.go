package console

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// The ends of Chromium's messages about content security policies, and what stands before
// them if another directive stood in.
const (
	chromiumViolates    = " violates the following Content Security Policy directive: \"{policy}\"."
	chromiumFallback    = "[ Note that '{word}' was not explicitly set, so '{word}' is used as a fallback.]"
	chromiumCSPBlocked  = " The action has been blocked."
	chromiumCSPReported = " The policy is report-only, so the violation has been logged but no further action has been taken."
)

// chromiumActions is what the messages call what a directive does not allow.
var chromiumActions = []struct{ directive, action string }{
	{"connect-src", "Connecting to '{url}'"},
	{"img-src", "Loading the image '{url}'"},
	{"script-src-elem", "Loading the script '{url}'"},
	{"style-src-elem", "Loading the stylesheet '{url}'"},
	{"font-src", "Loading the font '{url}'"},
	{"media-src", "Loading media from  '{url}'"},
	{"worker-src", "Creating a worker from '{url}'"},
	{"manifest-src", "Loading manifest from '{url}'"},
	{"object-src", "Loading plugin data from '{url}'"},
}

// chromiumCSPMessages are the messages about what a policy does not allow: for each action
// one that is blocked and one that is only reported; then those with two spaces, as they are
// read.
var chromiumCSPMessages = func() []Message {
	out := make([]Message, 0, 2*len(chromiumActions))
	for _, a := range chromiumActions {
		text := a.action + chromiumViolates + chromiumFallback
		out = append(out,
			Message{Code: "csp-violation", Reasons: cspReasons, Text: text + chromiumCSPBlocked},
			Message{Code: "csp-reported", Warning: true, Text: text + chromiumCSPReported})
	}
	for i := range out {
		if strings.Contains(out[i].Text, "  ") {
			read := out[i]
			read.Text, read.Unprinted = strings.ReplaceAll(read.Text, "  ", " "), twoSpaces
			out[i].Unrecognized = twoSpaces
			out = append(out, read)
		}
	}
	return out
}()

// chromiumNavigations is what the browser process of Chromium calls a frame and a form.
var chromiumNavigations = []struct {
	what    string
	reasons []fetch.Reason
}{
	{"Framing '[{url}]'", []fetch.Reason{fetch.ReasonCSP, fetch.ReasonCSPRedirect, fetch.ReasonFrameAncestors}},
	{"Sending form data to '{url}'", []fetch.Reason{fetch.ReasonFormAction}},
}

// chromiumNavigationMessages are the messages of the browser process about what a policy
// does not allow: for each kind one that is blocked and one that is only reported.
var chromiumNavigationMessages = func() []Message {
	out := make([]Message, 0, 2*len(chromiumNavigations))
	for _, n := range chromiumNavigations {
		reported := strings.Replace(chromiumViolates, "Content", "report-only Content", 1)
		out = append(out,
			Message{Code: "csp-violation", Reasons: n.reasons, Text: n.what + chromiumViolates + " The request has been blocked." + chromiumFallback, LineBreak: true},
			Message{Code: "csp-reported", Warning: true, LineBreak: true,
				Text: n.what + reported + " The violation has been logged, but no further action has been taken." + chromiumFallback})
	}
	return out
}()

// twoSpaces is why a message is printed in another form than it is recognised in.
const twoSpaces = "it has two spaces, which are read as one"
