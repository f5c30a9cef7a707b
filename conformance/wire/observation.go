package wire

import (
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
)

// leftOut are the headers that an observation does not have, unless the author of the page set
// them, besides those that start with sec-ch-.
var leftOut = []string{
	"host", "connection", "accept", "accept-encoding", "accept-language", "user-agent", "content-length",
	"transfer-encoding", "upgrade-insecure-requests", "priority", "te", "dnt", "sec-gpc", "pragma", "cache-control",
}

// hidden replaces what a browser chooses at random: the boundary of a form, and the key of a WebSocket.
var hidden = regexp.MustCompile(`(----(?:WebKitFormBoundary|geckoformboundary))[0-9A-Za-z]+`)

// placeholder stands for what a browser chooses at random.
const placeholder = "{…}"

// Observation returns the request in the form of observations: the names in lower case, without the headers
// that every client sends in its own way, unless the step sets them, and with {…} for what is random.
func (r *Request) Observation(step scenario.Step) scenario.WireObservation {
	out := scenario.WireObservation{
		Method: scenario.TextOfBytes(r.Method), URL: scenario.TextOfBytes(r.URL), Body: hide(scenario.TextOfBytes(r.Body)),
	}
	authors := scenario.HeaderOf(step)
	for _, h := range r.Header {
		name := fetch.ByteLowercase(h.Name)
		common := slices.Contains(leftOut, name) || strings.HasPrefix(name, "sec-ch-")
		if common && !authors.Contains(name) && !showsCacheMode(step, name) {
			continue
		}
		value := hide(scenario.TextOfBytes(h.Value))
		if name == "sec-websocket-key" {
			value = placeholder
		}
		out.Header = append(out.Header, scenario.HeaderText{Name: scenario.TextOfBytes(name), Value: value})
	}
	return out
}

func hide(text string) string { return hidden.ReplaceAllString(text, "$1"+placeholder) }

// showsCacheMode reports whether a header comes from the cache mode that a step has.
func showsCacheMode(step scenario.Step, name string) bool {
	s, ok := step.(*scenario.FetchStep)
	return ok && s.Cache.OK && (name == "cache-control" || name == "pragma")
}
