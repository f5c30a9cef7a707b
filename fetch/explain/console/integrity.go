package console

import (
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
)

// digestLengths are the lengths in bytes of the hashes.
var digestLengths = map[string]int{"sha256": 32, "sha384": 48, "sha512": 64}

// isIntegrity reports whether a result failed because of its integrity metadata.
func isIntegrity(r *browser.Result) bool {
	return r.Failure.Reason == fetch.ReasonIntegrity || r.Failure.Reason == fetch.ReasonIntegrityUnreadable
}

// isScriptTag reports whether an element is a script, of either type.
func isScriptTag(r *browser.Result) bool {
	return r.API == browser.APIElement && (r.Tag == browser.TagScript || r.Tag == browser.TagModule)
}

// lastAnswer returns the response of the last exchange; nil if there is none.
func lastAnswer(r *browser.Result) *fetch.WireResponse {
	if n := len(r.Trace.Exchanges); n > 0 {
		return r.Trace.Exchanges[n-1].Response
	}
	return nil
}

// isErrorAnswer reports whether the last response has a status of 400 or more, for which
// an element fails before its hash is compared.
func isErrorAnswer(r *browser.Result) bool {
	resp := lastAnswer(r)
	return r.API == browser.APIElement && resp != nil && resp.Status >= 400
}

// chromiumIntegrityFaults are what Chromium prints of items that do not count.
var chromiumIntegrityFaults = map[policy.IntegrityFault]chromiumMessage{
	policy.IntegrityNoAlgorithm:      chromiumIntegrityHyphen,
	policy.IntegrityUnknownAlgorithm: chromiumIntegrityAlgorithm,
	policy.IntegrityNoDigest:         chromiumIntegrityDigest,
}

// integrityNotices returns what Chromium prints of items of integrity metadata: of a script
// before it is requested, of fetch() when the response is there.
func integrityNotices(r *browser.Result) []Line {
	fetched := r.API == browser.APIFetch && (r.Failure == nil || isIntegrity(r))
	if !isScriptTag(r) && !fetched {
		return nil
	}
	var lines []Line
	for _, item := range r.IntegrityItems() {
		switch m, ok := chromiumIntegrityFaults[item.Fault]; {
		case ok:
			lines = append(lines, m.line(fields{{"value", r.Request.Integrity}}))
		case item.Options != "":
			lines = append(lines, chromiumIntegrityOption.line(fields{{"value", item.Options}}))
		}
	}
	return lines
}

// integrityLines returns what Chromium prints of a response whose hash is not the one
// that the page says. Of elements the URL is the first one.
func integrityLines(r *browser.Result) []Line {
	if r.Request == nil || isErrorAnswer(r) {
		return nil
	}
	at := fields{{"url", r.Request.URL().String()}}
	if r.API == browser.APIFetch {
		at = fields{{"url", r.Request.CurrentURL().String()}}
	}
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
		lines = append(lines, chromiumIntegrityFetch.line(fields{{"url", r.Request.URL().String()}}))
	}
	return lines
}

// integrity returns what Firefox says of such a response: first each item that does not
// count, and each hash that is none.
func (f firefox) integrity(r *browser.Result) []Line {
	if r.Tag == browser.TagStylesheet && isErrorAnswer(r) {
		return nil
	}
	lines := f.integrityNotices(r)
	if r.Failure.Reason == fetch.ReasonIntegrityUnreadable {
		return append(lines, firefoxIntegrityNeedsCORS.line(fields{{"url", r.Request.URL().String()}}))
	}
	_, computed, _ := strings.Cut(r.Failure.Got, "-")
	return append(lines, f.mismatch(r, computed)...)
}

// integrityNotices returns what Firefox says of items that do not count, and of metadata
// without one that does.
func (firefox) integrityNotices(r *browser.Result) []Line {
	var lines []Line
	items := r.IntegrityItems()
	for _, item := range items {
		switch item.Fault {
		case policy.IntegrityUnknownAlgorithm:
			lines = append(lines, firefoxIntegrityAlgorithm.line(fields{{"value", item.Algorithm}}))
		case policy.IntegrityNoAlgorithm, policy.IntegrityNoDigest:
			lines = append(lines, firefoxIntegrityMalformed.line(fields{{"value", item.Text}}))
		}
	}
	counts := func(item policy.IntegrityItem) bool { return item.Fault == policy.IntegrityFaultless }
	if len(items) > 0 && !slices.ContainsFunc(items, counts) {
		lines = append(lines, firefoxIntegrityNone.line(nil))
	}
	return lines
}

// mismatch returns what Firefox says of a body whose hash is another one.
func (firefox) mismatch(r *browser.Result, computed string) []Line {
	var lines []Line
	algorithm, digests := r.StrongestIntegrity()
	for _, digest := range digests {
		switch hash, ok := policy.DecodeDigest(digest); {
		case !ok:
			lines = append(lines, firefoxIntegrityUndecodable.line(nil))
		case len(hash) != digestLengths[algorithm]:
			lines = append(lines, firefoxIntegrityLength.line(nil))
		}
	}
	return append(lines, firefoxIntegrity.line(fields{{"word", algorithm}, {"url", r.Request.URL().String()}, {"value", computed}}))
}

// isRefusedScript reports whether a script with integrity metadata failed its CORS check.
// Firefox then compares the hash of nothing.
func isRefusedScript(r *browser.Result) bool {
	_, refused := accessErrors[r.Failure.Reason]
	return refused && isScriptTag(r) && r.Request.Integrity != ""
}

// integrityOfNothing returns what Firefox says of such a script if its metadata has a hash.
func (f firefox) integrityOfNothing(r *browser.Result) ([]Line, bool) {
	algorithm, _ := r.StrongestIntegrity()
	if algorithm == "" || !isRefusedScript(r) {
		return nil, false
	}
	computed := strings.TrimPrefix(policy.IntegrityOf("", algorithm), algorithm+"-")
	return append(f.integrityNotices(r), f.mismatch(r, computed)...), true
}

// integrityNoticesOfRefused returns what Firefox says of the metadata of such a script.
func (f firefox) integrityNoticesOfRefused(r *browser.Result) []Line {
	if !isRefusedScript(r) {
		return nil
	}
	return f.integrityNotices(r)
}

// integrity returns what WebKit says of a response whose hash is not the one that the page
// says.
func (webkit) integrity(r *browser.Result) []Line {
	resp := lastAnswer(r)
	if resp == nil || isErrorAnswer(r) {
		return nil
	}
	length := "(no content)"
	if n := len(resp.Body); n > 0 {
		length = strconv.Itoa(n)
	}
	expected := "0"
	if v, ok := resp.Header.Get("Content-Length"); ok {
		expected = v
	}
	at := fields{{"url", r.Request.URL().String()}, {"value", length}, {"status", expected}, {"line", r.Request.Integrity}}
	if r.API == browser.APIFetch {
		return []Line{webkitIntegrityFetch.line(at), linesOfAPIs[browser.APIFetch].denied.line(at[:1])}
	}
	kind := "script"
	if r.Tag == browser.TagStylesheet {
		kind = "stylesheet"
	}
	lines := []Line{webkitIntegrity.line(append(fields{{"kind", kind}}, at...))}
	if r.Tag == browser.TagModule {
		lines = append(lines, webkitIntegrityModule.line(nil))
	}
	return lines
}
