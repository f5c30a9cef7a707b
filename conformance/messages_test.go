package conformance

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain/console"
)

// messageTally counts the texts that went through the tables of messages.
type messageTally struct {
	// printed were printed by a profile, and readBack recognised with the same
	// values.
	printed, readBack int
	// recorded were printed by a browser, and refilled gave the same bytes.
	recorded, refilled int
}

// TestMessagesBothWays sends every text of every corpus through the tables of
// messages: what a profile prints is recognised as the same message with the same
// values, and what a browser was recorded to print is recognised and, filled
// again, the same text. Of the stories about local networks and documents, browsers also
// print what is about policies that are not simulated, so only the first is tested there.
func TestMessagesBothWays(t *testing.T) {
	t.Parallel()
	printed := make(map[string]bool)
	for _, c := range slices.Concat(withExtra(), localNetwork, documents) {
		for _, engine := range engines {
			var tally messageTally
			scenarios, observed := c.with(t, engine)
			scenarios = sample(scenarios)
			for _, p := range browser.Profiles() {
				if p.Name() != engine && (p.Derived() == "" || p.Engine() != engineNamed(t, engine)) {
					continue
				}
				for _, r := range results(t, p, scenarios) {
					printAndReadBack(t, r, printed, &tally)
				}
			}
			if c.isPlayedInPart() {
				observed = nil
			}
			for name, o := range observed {
				if takesSample() && !slices.ContainsFunc(scenarios, func(s *scenario.Scenario) bool { return s.Name == name }) {
					continue
				}
				for i := range o.Steps {
					refillRecorded(t, engine, &o.Steps[i], &tally)
				}
			}
			t.Logf("%-6s %-8s printed %d, read back with the same values %d; recorded %d, refilled to the same bytes %d",
				c.name, engine, tally.printed, tally.readBack, tally.recorded, tally.refilled)
			assert.Check(t, tally.readBack == tally.printed && tally.refilled == tally.recorded, "%s %s", c.name, engine)
		}
	}
	// A sample does not print all messages.
	if takesSample() {
		return
	}
	var unseen []string
	for _, m := range console.Messages() {
		if !printed[textOf(m)] && m.Unprinted == "" {
			unseen = append(unseen, textOf(m))
		}
	}
	slices.Sort(unseen)
	assert.DeepEqual(t, unseen, slices.Sorted(slices.Values(onlyInTests)))
}

// onlyInTests are the messages that no corpus makes a profile print; the tests of
// package console do, but for two that nothing leads to.
var onlyInTests = []string{
	"1 Cross origin requests are not allowed by request mode.",
	"1 Ignoring duplicate Content-Security-Policy directive '{word}'.",
	"1 Loading manifest from '{url}' violates the following Content Security Policy directive: \"{policy}\".[ Note that '{word}' was not explicitly set, so '{word}' is used as a fallback.] The action has been blocked.",
	"1 Loading manifest from '{url}' violates the following Content Security Policy directive: \"{policy}\".[ Note that '{word}' was not explicitly set, so '{word}' is used as a fallback.] The policy is report-only, so the violation has been logged but no further action has been taken.",
	"1 Loading plugin data from '{url}' violates the following Content Security Policy directive: \"{policy}\".[ Note that '{word}' was not explicitly set, so '{word}' is used as a fallback.] The action has been blocked.",
	"1 Loading plugin data from '{url}' violates the following Content Security Policy directive: \"{policy}\".[ Note that '{word}' was not explicitly set, so '{word}' is used as a fallback.] The policy is report-only, so the violation has been logged but no further action has been taken.",
	"1 OTS parsing error: invalid sfntVersion: {value}",
	"1 SecurityError: Failed to execute '{word}' on '{word}': Tainted canvases may not be exported.",
	`1 The FetchEvent for "{url}" resulted in a network error response: a response whose type is "cors" was used for a request whose mode is "same-origin".`,
	`1 The FetchEvent for "{url}" resulted in a network error response: an "opaqueredirect" type response was used for a request whose redirect mode is not "manual".`,
	"1 The source list for Content Security Policy directive '{word}' contains a source with an invalid path: '{value}'. The fragment identifier, including the '#', will be ignored.",
	"1 The source list for the Content Security Policy directive '{word}' contains an invalid source: '{value}'. It will be ignored.",
	"1 TypeError: Failed to execute 'fetch' on 'Window': The `duplex` member must be specified for a request with a streaming body",
	"1 TypeError: Failed to execute 'sendBeacon' on 'Navigator': Beacons are only supported over HTTP(S).",
	"1 TypeError: Failed to execute 'sendBeacon' on 'Navigator': The URL argument is ill-formed or unsupported.",
	"1 WebSocket connection to '{url}' failed: Error during WebSocket handshake: 'Connection' header value must contain 'Upgrade'",
	"1 WebSocket connection to '{url}' failed: Error during WebSocket handshake: 'Upgrade' header value is not 'websocket': {line}",
	"1 WebSocket connection to '{url}' failed: Error during WebSocket handshake: '{word}' header is missing",
	"1 WebSocket connection to '{url}' failed: Error during WebSocket handshake: Incorrect 'Sec-WebSocket-Accept' header value",
	"1 net::ERR_ADDRESS_UNREACHABLE",
	"1 net::ERR_CERT_AUTHORITY_INVALID",
	"1 net::ERR_CERT_COMMON_NAME_INVALID",
	"1 net::ERR_CERT_DATE_INVALID",
	"1 net::ERR_CONNECTION_REFUSED",
	"1 net::ERR_CONNECTION_RESET",
	"1 net::ERR_CONTENT_DECODING_FAILED",
	"1 net::ERR_CONTENT_LENGTH_MISMATCH",
	"1 net::ERR_FILE_NOT_FOUND",
	"1 net::ERR_INCOMPLETE_CHUNKED_ENCODING",
	"1 net::ERR_INVALID_ARGUMENT",
	"1 net::ERR_NAME_NOT_RESOLVED",
	"1 net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION",
	"1 net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH",
	"2 <script> source URI is malformed: “{url}”.",
	"2 Content-Security-Policy: Couldn’t parse invalid host {value}",
	"2 Content-Security-Policy: Couldn’t process unknown directive ‘{word}’",
	"2 Content-Security-Policy: Duplicate {word} directives detected.  All but the first instance will be ignored.",
	"2 Content-Security-Policy: Ignoring duplicate source {value}",
	"2 Content-Security-Policy: Ignoring source “{value}” (Only supported within script-src).",
	"2 Content-Security-Policy: Ignoring srcs for directive ‘{word}’",
	"2 Content-Security-Policy: Ignoring unknown option {value}",
	"2 Content-Security-Policy: Ignoring ‘{word}’ because mixed content display upgrading makes block-all-mixed-content obsolete.",
	"2 Content-Security-Policy: Ignoring “{value}” within {word}: nonce-source or hash-source specified",
	"2 Content-Security-Policy: Ignoring “{value}” within {word}: ‘strict-dynamic’ specified",
	"2 Content-Security-Policy: Interpreting {value} as a hostname, not a keyword. If you intended this to be a keyword, use ‘{word}’ (wrapped in single quotes).",
	"2 Content-Security-Policy: Keyword ‘strict-dynamic’ within “{word}” with no valid nonce or hash might block all scripts from loading",
	"2 Content-Security-Policy: This site ({origin}) has a Report-Only policy without a report-uri directive nor a report-to directive. CSP will not block and cannot report violations of this policy.",
	"2 Failed to load ‘{url}’ by responding ‘{page}’. A ServiceWorker is not allowed to synthesize a cors Response for a same-origin Request.",
	"2 Failed to load ‘{url}’. A ServiceWorker passed an opaqueredirect Response to FetchEvent.respondWith() while handling a non-navigation FetchEvent.",
	"2 TypeError: Window.fetch: {word}",
	"2 X-Content-Type-Options header warning: value was “{value}”; did you mean to send “nosniff”?",
	"3 Blocked {url} from asking for credentials because it is a cross-origin request.",
	"3 Cannot load image {url}.",
	"3 Ignoring duplicate Content-Security-Policy directive '{word}'.",
	"3 Response served by service worker is CORS while mode is same origin",
	"3 Response served by service worker is opaque redirect",
	"3 The source list for Content Security Policy directive '{word}' contains a source with an invalid path: '{value}'. The fragment identifier, including the '#', will be ignored.",
	"3 TypeError: Beacons can only be sent over HTTP(S)",
	"3 TypeError: Response served by service worker is CORS while mode is same origin",
	"3 TypeError: Response served by service worker is opaque redirect",
	"3 TypeError: This URL is invalid",
	"3 WebSocket connection to '{url}' failed: The server ignored the WebSocket handshake.",
}

func engineNamed(t *testing.T, name string) browser.Engine {
	t.Helper()
	p, err := browser.ProfileByName(name)
	assert.NilError(t, err)
	return p.Engine()
}

// results returns what a profile makes of each step of scenarios.
func results(t *testing.T, p *browser.Profile, scenarios []*scenario.Scenario) []*browser.Result {
	t.Helper()
	var out []*browser.Result
	runner := scenario.Runner{Profile: p, Documents: pagescript.Runner{}}
	for _, s := range scenarios {
		run, err := runner.Run(context.Background(), s)
		assert.NilError(t, err, s.Name)
		for i := range run.Steps {
			if r := run.Steps[i].Result; r != nil {
				out = append(out, r)
			}
		}
	}
	return out
}

// printAndReadBack recognises what a profile prints.
func printAndReadBack(t *testing.T, r *browser.Result, printed map[string]bool, tally *messageTally) {
	t.Helper()
	for _, issue := range console.Issues(r) {
		printed[fmt.Sprintf("%d %s", r.Profile.Engine(), issue)] = true // a network error has no line on the console
	}
	lines := console.Lines(r)
	if l, ok := console.ScriptErrorLine(r); ok {
		lines = append(lines, l)
	}
	for i := range lines {
		l := &lines[i]
		messages := l.Messages()
		for _, m := range messages {
			printed[textOf(m)] = true
		}
		if messages[0].Unrecognized != "" {
			continue
		}
		// A data: URL may have blanks, at which a URL in a message ends.
		if slices.ContainsFunc(l.Fields, func(f console.Field) bool { return f.Name == "url" && strings.Contains(f.Value, " ") }) {
			continue
		}
		tally.printed++
		found := console.Recognize(l.Text)
		if len(found) != 1 {
			t.Logf("%s: %q is recognised as %d messages", r.Profile.Name(), l.Text, len(found))
			continue
		}
		if diff := cmp.Diff(texts(l), texts(&found[0])) + cmp.Diff(l.Fields, found[0].Fields, sameFields); diff != "" {
			t.Logf("%s: %q: %s", r.Profile.Name(), l.Text, diff)
			continue
		}
		tally.readBack++
	}
}

// refillRecorded recognises what a browser printed and fills it again.
func refillRecorded(t *testing.T, engine string, seen *scenario.StepObservation, tally *messageTally) {
	t.Helper()
	recorded := slices.Clone(seen.Console)
	// The recorder says that an error is about the start of a worker.
	if text := strings.TrimPrefix(seen.Error.Value, "worker: "); seen.Error.OK && !isOfRecorder(text) {
		recorded = append(recorded, text)
	}
	for _, text := range recorded {
		found := console.Recognize(text)
		if len(found) == 0 && isUnrecognized(text) {
			continue
		}
		tally.recorded++
		if len(found) != 1 {
			t.Logf("%s recorded: %q is recognised as %d messages", engine, text, len(found))
			continue
		}
		if got := found[0].Fill(); !isSame(text, got) {
			t.Logf("%s recorded: %q is refilled to %q", engine, text, got)
			continue
		}
		tally.refilled++
	}
}

// isOfRecorder reports whether an error is what the recorder says of a WebSocket, a form or a worker,
// and not a text of the engine.
func isOfRecorder(text string) bool {
	return strings.HasPrefix(text, "close ") || text == "error event, no close" || text == "the frame did not load" || text == "did not start"
}

// isUnrecognized reports whether a text is that of a message that is not
// recognised, as far as its first value.
func isUnrecognized(text string) bool {
	return slices.ContainsFunc(console.Messages(), func(m console.Message) bool {
		start, _, _ := strings.Cut(m.Text, "{")
		return m.Unrecognized != "" && strings.HasPrefix(text, start)
	})
}

// texts returns the texts of a line's messages, which two engines may share.
func texts(l *console.Line) []string {
	var out []string
	for _, m := range l.Messages() {
		out = append(out, m.Text)
	}
	return out
}

// sameFields compares fields by [isSame], which way round they are given.
var sameFields = cmp.Comparer(func(a, b console.Field) bool {
	return a.Name == b.Name && (isSame(a.Value, b.Value) || isSame(b.Value, a.Value))
})

// isSame reports whether a text was read back as another one: the same, or, where
// it has line breaks or two spaces, with other white space.
func isSame(text, got string) bool {
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	return text == got || (strings.Contains(text, "\n") || strings.Contains(text, "  ")) && squeeze(text) == squeeze(got)
}

func textOf(m console.Message) string { return fmt.Sprintf("%d %s", m.Engine, m.Text) }
