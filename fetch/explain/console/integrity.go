package console

import (
	"encoding/base64"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
)

// digestLengths are the lengths in bytes of the hashes.
var digestLengths = map[string]int{"sha256": 32, "sha384": 48, "sha512": 64}

// integrityLines returns what Chromium prints of a response whose hash is not the one
// that the page says.
func integrityLines(r *browser.Result) []Line {
	if r.Request == nil {
		return nil
	}
	at := fields{{"url", r.Request.CurrentURL().String()}}
	var lines []Line
	switch {
	case r.Failure.Reason == fetch.ReasonIntegrity:
		algorithm, computed, _ := strings.Cut(r.Failure.Got, "-")
		name := strings.Replace(algorithm, "sha", "SHA-", 1)
		lines = append(lines, chromiumIntegrity.line(append(at, Field{"word", name}, Field{"value", computed})))
	case r.Failure.Reason == fetch.ReasonIntegrityUnreadable && r.API == browser.APIFetch:
		lines = append(lines, chromiumIntegrityOpaque.line(at))
	case r.Failure.Reason == fetch.ReasonIntegrityUnreadable:
		lines = append(lines, chromiumIntegrityNeedsCORS.line(at))
	default:
		return nil
	}
	if r.API == browser.APIFetch {
		lines = append(lines, chromiumIntegrityFetch.line(at))
	}
	return lines
}

// integrity returns what Firefox says of such a response: first each hash that is too
// short or too long.
func (firefox) integrity(r *browser.Result) []Line {
	at := fields{{"url", r.Request.CurrentURL().String()}}
	if r.Failure.Reason == fetch.ReasonIntegrityUnreadable {
		return []Line{firefoxIntegrityNeedsCORS.line(at)}
	}
	var lines []Line
	algorithm, values := policy.StrongestIntegrity(r.Failure.Want)
	for _, value := range values {
		if hash, err := base64.StdEncoding.DecodeString(value); err != nil || len(hash) != digestLengths[algorithm] {
			lines = append(lines, firefoxIntegrityLength.line(nil))
		}
	}
	_, computed, _ := strings.Cut(r.Failure.Got, "-")
	return append(lines, firefoxIntegrity.line(fields{{"word", algorithm}, at[0], {"value", computed}}))
}

// isIntegrity reports whether a result failed because of its integrity metadata.
func isIntegrity(r *browser.Result) bool {
	return r.Failure.Reason == fetch.ReasonIntegrity || r.Failure.Reason == fetch.ReasonIntegrityUnreadable
}
