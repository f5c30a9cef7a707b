package wire

import (
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

// Observation returns the request in the form of observations: the names in lower case, without the headers
// that every client sends in its own way, unless the step sets them.
func (r *Request) Observation(step scenario.Step) scenario.WireObservation {
	out := scenario.WireObservation{
		Method: scenario.TextOfBytes(r.Method), URL: scenario.TextOfBytes(r.URL), Body: scenario.TextOfBytes(r.Body),
	}
	authors := scenario.HeaderOf(step)
	for _, h := range r.Header {
		name := fetch.ByteLowercase(h.Name)
		common := slices.Contains(leftOut, name) || strings.HasPrefix(name, "sec-ch-")
		if common && !authors.Contains(name) {
			continue
		}
		out.Header = append(out.Header, scenario.HeaderText{Name: scenario.TextOfBytes(name), Value: scenario.TextOfBytes(h.Value)})
	}
	return out
}
