package capture_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

func readHAR(t *testing.T, name string) *capture.HAR {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	assert.NilError(t, err)
	defer file.Close()
	har, err := capture.ReadHAR(file)
	assert.NilError(t, err)
	return har
}

// seen is what the page of a recording saw of a request.
type seen struct {
	Name, Outcome string
	Headers       []string
}

func readSeen(t *testing.T, name string) []seen {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	assert.NilError(t, err)
	defer file.Close()
	var out []seen
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var s seen
		assert.NilError(t, json.Unmarshal(lines.Bytes(), &s))
		out = append(out, s)
	}
	return out
}

// TestRecordedByChromium holds verdicts against what the page saw in the browser
// that wrote the file. Playwright leaves out answers that the browser blocked;
// then there is no verdict, and never a wrong one.
func TestRecordedByChromium(t *testing.T) {
	for name, undecided := range map[string]int{"chromium-devtools": 0, "chromium-playwright": 6} {
		t.Run(name, func(t *testing.T) {
			har := readHAR(t, name+".har")
			assert.Equal(t, har.Engine, "chromium")
			verdicts, err := har.Judge(t.Context(), browser.Chromium(), "")
			assert.NilError(t, err)
			want, missing := readSeen(t, name+".results.jsonl"), 0
			for i := range verdicts {
				v, e := &verdicts[i], &har.Entries[i]
				assert.Check(t, !har.Disagrees(v), "entry %d", i)
				if v.Kind == capture.HARNavigation || v.Kind == capture.HARPreflight || v.Kind == capture.HARRedirected ||
					strings.HasSuffix(e.Request.URL.Path(), ".ico") {
					continue
				}
				if len(v.Unanswered) > 0 {
					missing++
					assert.Check(t, want[0].Outcome == "blocked", want[0].Name)
				} else {
					assert.Check(t, outcomeOf(v) == want[0].Outcome, want[0].Name)
					checkHeaders(t, v, want[0])
				}
				want = want[1:]
			}
			assert.Equal(t, len(want), 0)
			assert.Equal(t, missing, undecided)
		})
	}
}

func outcomeOf(v *capture.HARVerdict) string {
	switch {
	case v.Kind == capture.HARSameOrigin:
		return "shared"
	case v.Kind == capture.HARNoCORS:
		return "opaque"
	case v.Result.Outcome == browser.Shared:
		return "shared"
	}
	return "blocked"
}

func checkHeaders(t *testing.T, v *capture.HARVerdict, want seen) {
	t.Helper()
	if v.Result == nil || v.Result.Response == nil {
		return
	}
	var names []string
	for _, h := range v.Result.Response.Header {
		names = append(names, strings.ToLower(h.Name))
	}
	slices.Sort(names)
	assert.DeepEqual(t, names, want.Headers)
}

func TestHARPairs(t *testing.T) {
	har := readHAR(t, "chromium-devtools.har")
	verdicts, err := har.Judge(t.Context(), browser.Chromium(), "")
	assert.NilError(t, err)
	var got []string
	for _, v := range verdicts {
		if v.Preflight >= 0 || v.RedirectOf >= 0 {
			got = append(got, fmt.Sprint(v.Index, v.Preflight, v.RedirectOf))
		}
	}
	// The second PUT was spared its preflight.
	assert.DeepEqual(t, got, []string{"5 6 -1", "8 9 -1", "10 11 -1", "13 -1 12"})
}

func TestHARInFirefoxsForm(t *testing.T) {
	har := readHAR(t, "firefox-by-hand.har")
	assert.Equal(t, har.Engine, "firefox")
	verdicts, err := har.Judge(t.Context(), browser.Firefox(), "")
	assert.NilError(t, err)
	assert.Equal(t, verdicts[1].Preflight, 0)
	assert.Equal(t, verdicts[1].Result.Outcome, browser.Shared)
	assert.Equal(t, verdicts[3].Result.Failure.Reason, fetch.ReasonAllowOriginMismatch)
	assert.Assert(t, verdicts[3].Result.Failure.Preflight)
	// Two lines of one header, joined with a line break.
	assert.Equal(t, len(har.Entries[4].Response.Header), 2)
	assert.Equal(t, verdicts[4].Result.Failure.Reason, fetch.ReasonAllowOriginMultiple)
	// Firefox may show an answer that it kept from the page.
	assert.Assert(t, !har.Disagrees(&verdicts[4]))
}

func TestHARDisagreement(t *testing.T) {
	for name, c := range map[string]struct {
		creator, allow, failure string
		want                    bool
	}{
		"shared-yet-failed":          {"Firefox", "*", "net::ERR_FAILED", true},
		"blocked-yet-not-failed":     {"WebInspector", "https://other.example", "", true},
		"blocked-and-nothing-told":   {"Firefox", "https://other.example", "", false},
		"blocked-and-failed":         {"WebInspector", "https://other.example", "net::ERR_FAILED", false},
		"shared-and-did-not-fail":    {"WebInspector", "*", "", false},
		"blocked-by-the-network-too": {"WebInspector", "https://other.example", "net::ERR_BLOCKED_BY_CLIENT", false},
	} {
		t.Run(name, func(t *testing.T) {
			har, err := capture.ReadHAR(strings.NewReader(fmt.Sprintf(`{"log":{"creator":{"name":%q},"entries":[{"request":{"method":"GET","url":"https://api.example.com/",
				"headers":[{"name":"Origin","value":"https://myapp.com"}]},"response":{"status":200,"_error":%q,"headers":[{"name":"Access-Control-Allow-Origin","value":%q}]}}]}}`,
				c.creator, c.failure, c.allow)))
			assert.NilError(t, err)
			verdicts, err := har.Judge(t.Context(), browser.Spec(), "")
			assert.NilError(t, err)
			assert.Equal(t, har.Disagrees(&verdicts[0]), c.want)
		})
	}
}

func TestHARPages(t *testing.T) {
	entry := func(headers string) string {
		return `{"log":{"entries":[{"request":{"method":"GET","url":"https://api.example.com/","headers":[` + headers + `]},"response":{"status":200}}]}}`
	}
	for name, c := range map[string]struct {
		text, from, page string
		kind             capture.HARKind
	}{
		"origin":        {text: entry(`{"name":"origin","value":"https://myapp.com"}`), page: "https://myapp.com", kind: capture.HARCors},
		"sandboxed":     {text: entry(`{"name":"Origin","value":"null"}`), page: "null", kind: capture.HARCors},
		"referrer":      {text: entry(`{"name":"Referer","value":"https://myapp.com/a"}`), page: "https://myapp.com/a", kind: capture.HARNoCORS},
		"nobody":        {text: entry(``), kind: capture.HARUnknown},
		"told":          {text: entry(`{"name":"sec-fetch-mode","value":"cors"}`), from: "https://myapp.com", page: "https://myapp.com", kind: capture.HARCors},
		"own-page":      {text: entry(``), from: "https://api.example.com/x", page: "https://api.example.com/x", kind: capture.HARSameOrigin},
		"web-socket":    {text: entry(`{"name":"Sec-Fetch-Mode","value":"websocket"}`), kind: capture.HAROther},
		"byte-mark":     {text: "\ufeff" + entry(``), kind: capture.HARUnknown},
		"repeated-keys": {text: strings.Replace(entry(``), `"log":{`, `"log":{"version":"1","version":"2",`, 1), kind: capture.HARUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			har, err := capture.ReadHAR(strings.NewReader(c.text))
			assert.NilError(t, err)
			verdicts, err := har.Judge(t.Context(), browser.Spec(), c.from)
			assert.NilError(t, err)
			assert.Equal(t, verdicts[0].Kind, c.kind)
			assert.Equal(t, verdicts[0].Page, c.page)
		})
	}
}

func TestReadHARErrors(t *testing.T) {
	for text, want := range map[string]string{
		``:                         "not a HAR file: it ends at byte 0, too early",
		`[]`:                       "not a HAR file: an object is wanted at byte 0 (the top)",
		`{}`:                       "not a HAR file: there is no log with entries",
		`{"log":[]}`:               "not a HAR file: an object is wanted at byte 6 (/log)",
		`{"log":{}}`:               "not a HAR file: there is no log with entries",
		`{"log":{"entries":`:       "too early",
		`{"log":{"entries":1}}`:    "not a HAR file: an array is wanted at byte 17 (/log/entries)",
		`{"log":{"entries":[1]}}`:  "/log/entries/0",
		`{"log":{"entries":[{}]}}`: "entry 0: its request has no method",
		`{"log":{"entries":[{"request":{"method":"GET","url":"x"}}]}}`: "entry 0: its URL: ",
		`{"log":{"entries":[{"request":{"method":1}}]}}`:               "/log/entries/0/request/method",
		"<html>": "not a HAR file: ",
	} {
		_, err := capture.ReadHAR(strings.NewReader(text))
		assert.Check(t, err != nil && strings.Contains(err.Error(), want), "%s\ngot  %v\nwant %s", text, err, want)
	}
}

func FuzzReadHAR(f *testing.F) {
	for _, name := range []string{"firefox-by-hand.har", "chromium-devtools.har"} {
		text, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		har, err := capture.ReadHAR(strings.NewReader(text))
		if err != nil {
			return
		}
		if _, err := har.Judge(t.Context(), browser.Chromium(), ""); err != nil && !strings.Contains(err.Error(), "its page") {
			t.Error(err)
		}
	})
}
