package capture_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
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

// seen is what the recorded page saw of a request.
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

// TestRecordedHAR compares verdicts with what the page saw in the browser that
// wrote the file. Playwright leaves out responses that the browser blocked, and
// Firefox does not say why a response is missing. In these cases there is no
// verdict, and never a wrong one.
func TestRecordedHAR(t *testing.T) {
	for name, undecided := range map[string]int{"chromium-devtools": 0, "chromium-playwright": 6, "firefox-devtools": 1} {
		t.Run(name, func(t *testing.T) {
			har := readHAR(t, name+".har")
			engine, _, _ := strings.Cut(name, "-")
			assert.Equal(t, har.Engine, engine)
			profile, err := browser.ProfileByName(engine)
			assert.NilError(t, err)
			verdicts, err := har.Judge(t.Context(), profile, "")
			assert.NilError(t, err)
			want, missing := readSeen(t, name+".results.jsonl"), 0
			for i := range verdicts {
				v, e := &verdicts[i], &har.Entries[i]
				assert.Check(t, !har.Disagrees(v), "entry %d", i)
				if v.Kind == capture.HARNavigation || v.Kind == capture.HARPreflight || v.Kind == capture.HARRedirected ||
					v.Kind == capture.HARNotSent || strings.HasSuffix(e.Request.URL.Path(), ".ico") {
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
	for name, want := range map[string][]string{
		// The second PUT needed no preflight.
		"chromium": {"5 6 -1", "8 9 -1", "10 11 -1", "13 -1 12"},
		// It needed one, because the host is an address. The last was never sent.
		"firefox": {"4 5 -1", "6 7 -1", "8 9 -1", "10 11 -1", "14 -1 13", "16 -1 15 not-sent"},
	} {
		t.Run(name, func(t *testing.T) {
			profile, err := browser.ProfileByName(name)
			assert.NilError(t, err)
			verdicts, err := readHAR(t, name+"-devtools.har").Judge(t.Context(), profile, "")
			assert.NilError(t, err)
			var got []string
			for _, v := range verdicts {
				if v.Preflight >= 0 || v.RedirectOf >= 0 {
					text := fmt.Sprint(v.Index, v.Preflight, v.RedirectOf)
					if v.Kind == capture.HARNotSent {
						text += " " + string(v.Kind)
					}
					got = append(got, text)
				}
			}
			assert.DeepEqual(t, got, want)
		})
	}
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
	// Firefox may write a response that it did not give to the page.
	assert.Assert(t, !har.Disagrees(&verdicts[4]))
}

func TestHARDisagreement(t *testing.T) {
	for name, c := range map[string]struct {
		creator, allow, failure string
		want                    bool
	}{
		"shared-yet-failed":          {"Firefox", "*", "net::ERR_BLOCKED_BY_CLIENT", true},
		"blocked-with-credentials":   {"WebInspector", "*", "net::ERR_FAILED", false},
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

// What the browser did says whether the request was made with credentials.
func TestHARCredentialsFollowFromTheOutcome(t *testing.T) {
	for _, c := range []struct {
		failure, headers string
		want             fetch.CredentialsMode
	}{
		{"net::ERR_FAILED", `{"name":"Access-Control-Allow-Origin","value":"*"}`, fetch.CredentialsInclude},
		{"net::ERR_FAILED", `{"name":"Access-Control-Allow-Origin","value":"https://myapp.com"}`, fetch.CredentialsInclude},
		{"", `{"name":"Access-Control-Allow-Origin","value":"*"}`, fetch.CredentialsSameOrigin},
		{"net::ERR_BLOCKED_BY_CLIENT", `{"name":"Access-Control-Allow-Origin","value":"*"}`, fetch.CredentialsSameOrigin},
		{"net::ERR_FAILED", `{"name":"Access-Control-Allow-Origin","value":"https://myapp.com"},{"name":"Access-Control-Allow-Credentials","value":"true"}`, fetch.CredentialsSameOrigin},
	} {
		har, err := capture.ReadHAR(strings.NewReader(fmt.Sprintf(`{"log":{"creator":{"name":"WebInspector"},"entries":[{"request":{"method":"GET","url":"https://api.example.com/",
			"headers":[{"name":"Origin","value":"https://myapp.com"}]},"response":{"status":200,"_error":%q,"headers":[%s]}}]}}`, c.failure, c.headers)))
		assert.NilError(t, err)
		verdicts, err := har.Judge(t.Context(), browser.Chromium(), "")
		assert.NilError(t, err)
		assert.Equal(t, verdicts[0].Call.Init.Credentials, c.want, c.headers)
		assert.Equal(t, verdicts[0].Result.Outcome == browser.Blocked, c.want == fetch.CredentialsInclude)
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
		"extension":     {text: entry(`{"name":"Origin","value":"chrome-extension://abc"},{"name":"Sec-Fetch-Mode","value":"cors"}`), page: "chrome-extension://abc", kind: capture.HARForeign},
		"its-preflight": {text: strings.Replace(entry(`{"name":"Origin","value":"chrome-extension://abc"},{"name":"Access-Control-Request-Method","value":"PUT"}`), "GET", "OPTIONS", 1), page: "chrome-extension://abc", kind: capture.HARPreflight},
		"no-origin":     {text: entry(`{"name":"Origin","value":"myapp.com"}`), kind: capture.HARUnknown},
		"no-referrer":   {text: entry(`{"name":"Referer","value":"myapp.com"}`), kind: capture.HARUnknown},
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
		``:                                "not a HAR file: it ends at byte 0, too early",
		`[]`:                              "not a HAR file: expected an object at byte 0 (the top)",
		"\x05":                            "at byte 0 (the top)",
		`{}`:                              "not a HAR file: there is no log with entries",
		`{"log":[]}`:                      "not a HAR file: expected an object at byte 7 (/log)",
		`{"log":{}}`:                      "not a HAR file: there is no log with entries",
		`{"log":{"entries":`:              "too early",
		`{"log":{"entries":[` + goodEntry: "too early",
		`{"log":{"entries":1}}`:           "not a HAR file: expected an array at byte 18 (/log/entries)",
		`{"log":{"entries":[1]}}`:         "entry 0, at byte 19: want an object, not a number",
		`{"log":{"entries":[{}]}}`:        "entry 0, at byte 19: its request has no method",
		`{"log":{"entries":[{"request":{"method":"GET","url":"x"}}]}}`: "entry 0, at byte 19: its URL: ",
		`{"log":{"entries":[{"request":{"method":1}}]}}`:               "entry 0, at byte 19: request/method: want a string, not a number",
		`{"log":{"entries":[{"request":{"headers":{}}}]}}`:             "entry 0, at byte 19: request/headers: want an array, not an object",
		`{"log":{"entries":[{"request":{"headers":[null, 1]}}]}}`:      "entry 0, at byte 19: request/headers/1: want an object, not a number",
		`{"log":{"entries":[{"response":{"status":"200"}}]}}`:          "entry 0, at byte 19: response/status: want a whole number, not a string",
		`{"log":{"entries":[{"response":{"status":2.5}}]}}`:            "entry 0, at byte 19: response/status: want a whole number, not 2.5",
		`{"log":{"entries":[],"entries":[]}}`:                          "its log has entries twice, the second time at byte ",
		`{"log":{"entries":[]}} {}`:                                    "there is more text after its end, at byte 23",
		`{"log":{"pages":{}}}`:                                         "expected an array at byte 16 (/log/pages)",
		`{"log":{"entries":[{"request":]}}`:                            "not a HAR file: ",
		"<html>":                                                       "not a HAR file: ",
	} {
		_, err := capture.ReadHAR(strings.NewReader(text))
		assert.Check(t, err != nil && strings.Contains(err.Error(), want), "%s\ngot  %v\nwant %s", text, err, want)
	}
}

// harOf returns a HAR file with these entries.
func harOf(entries ...string) string {
	return `{"log":{"entries":[` + strings.Join(entries, ",\n") + `]}}`
}

const goodEntry = `{"request":{"method":"GET","url":"https://api.example.com/","headers":[]},"response":{"status":200,"headers":[]}}`

// The reader reports the limits, and still reads the entries after them.
func TestHARLimits(t *testing.T) {
	header := fmt.Sprintf(`{"name":"a","value":%q}`, strings.Repeat("x", capture.MaxHARHeaders/2))
	body := strings.Repeat(`é\u00e9\\\"`, 100_000)
	in := capture.NewHARReader(strings.NewReader(harOf(
		strings.Replace(goodEntry, `"headers":[]`, `"headers":[`+header+","+header+`]`, 1),
		strings.Replace(goodEntry, `"status":200`, `"content":{"text":"`+body+`"},"status":201`, 1),
		`{"request":{}}`,
		strings.Replace(goodEntry, `GET`, strings.Repeat("G", 2<<20), 1),
	)))
	_, err := in.Read()
	assert.Error(t, err, "entry 0, at byte 19: request/headers: the headers have more than 1048576 bytes")
	e, err := in.Read()
	assert.NilError(t, err)
	assert.Equal(t, e.Response.Status, 201)
	_, err = in.Read()
	// Offsets are those of the file, although the body was left out.
	assert.Assert(t, server.IsSkippable(err))
	before := 2*len(goodEntry) + 2*len(header) + len(`,`) + len(body) + len(`"content":{"text":""},`)
	assert.ErrorContains(t, err, fmt.Sprintf("entry 2, at byte %d: ", len(`{"log":{"entries":[`)+before+2*len(",\n")))
	e, err = in.Read()
	assert.NilError(t, err)
	assert.Equal(t, len(e.Request.Method), 1<<20)
	_, err = in.Read()
	assert.ErrorIs(t, err, io.EOF)

	var pages []string
	for i := range capture.MaxHARPages + 1 {
		pages = append(pages, fmt.Sprintf(`{"id":"p%d","title":"https://a.test/%d"}`, i, i))
	}
	_, err = capture.ReadHAR(strings.NewReader(`{"log":{"pages":[` + strings.Join(pages, ",") + `],"entries":[]}}`))
	assert.ErrorContains(t, err, "the file describes more than 16384 pages, at byte ")
}

// The reader and the judge accept every HAR file. The file has the same entries if
// it is read as a whole and as a stream.
func FuzzReadHAR(f *testing.F) {
	f.Add(harOf(goodEntry))
	f.Add(`{"log":{"creator":{"name":"Firefox"},"pages":[{"id":"p","title":"https://a.test/"}],"entries":[` +
		`{"pageref":"p","startedDateTime":"2026-01-01T00:00:00Z","request":{"method":"PUT","url":"https://b.test/","headers":[{"name":"Origin","value":"https://a.test"}]},"response":{"status":0}},` +
		`{"request":{"method":"OPTIONS","url":"https://b.test/","headers":[{"name":"Origin","value":"https://a.test"},{"name":"Access-Control-Request-Method","value":"PUT"}]},"response":{"status":204}}]}}`)
	f.Add(harOf(`{"request":{"method":"GET","url":"data:,x","headers":[{"name":":path","value":"/"},{"name":"Referer","value":"x"}],"postData":{"text":"é"}}}`, `1`))
	f.Fuzz(func(t *testing.T, text string) {
		har, err := capture.ReadHAR(strings.NewReader(text))
		if err != nil {
			return
		}
		if _, err := har.Judge(t.Context(), browser.Chromium(), ""); err != nil && !strings.Contains(err.Error(), "its page") {
			t.Error(err)
		}
		in := capture.NewHARExchanges(strings.NewReader(text))
		for i := range har.Entries {
			x, err := in.Read()
			assert.NilError(t, err)
			assert.Equal(t, x.Entry, i)
		}
		_, err = in.Read()
		assert.ErrorIs(t, err, io.EOF)
	})
}

// A single entry is decoded as an entry in a file.
func TestDecodeHAREntry(t *testing.T) {
	e, err := capture.DecodeHAREntry(goodEntry)
	assert.NilError(t, err)
	assert.Equal(t, e.Response.Status, 200)
	for text, want := range map[string]string{
		`{}`:                       "its request has no method",
		`[]`:                       "want an object, not an array",
		`{"request":{"url":true}}`: "request/url: want a string, not true",
		`{"request":`:              "not JSON: it ends too early",
		goodEntry + "x":            "not JSON: invalid character 'x' after top-level value, at column 114",
	} {
		_, err := capture.DecodeHAREntry(text)
		assert.Check(t, err != nil && strings.Contains(err.Error(), want), "%s\ngot  %v\nwant %s", text, err, want)
	}
}

// The recording to judge has the values of its entry.
func TestHARExchange(t *testing.T) {
	entry := func(method, headers, response string) string {
		return `{"request":{"method":"` + method + `","url":"https://b.test/x","headers":[` + headers + `]},"response":` + response + `}`
	}
	const from = `{"name":"Origin","value":"https://a.test"}`
	for name, c := range map[string]struct {
		text string
		kind capture.HARKind
		want string // of the recording: page, mode, credentials, headers, statuses
	}{
		"cors":       {entry("GET", from, `{"status":200}`), capture.HARCors, "https://a.test cors same-origin [] 0 200"},
		"null":       {entry("GET", `{"name":"Origin","value":"null"}`, `{"status":200}`), capture.HARCors, "null cors same-origin [] 0 200"},
		"cookie":     {entry("GET", from+`,{"name":"Cookie","value":"a=b"}`, `{"status":200}`), capture.HARCors, "https://a.test cors include [] 0 200"},
		"headers":    {entry("PUT", from+`,{"name":"X-A","value":"1"},{"name":"User-Agent","value":"x"}`, `{"status":0}`), capture.HARCors, "https://a.test cors same-origin [{X-A 1}] 0 0"},
		"image":      {entry("GET", from+`,{"name":"Sec-Fetch-Dest","value":"image"},{"name":"Sec-Fetch-Mode","value":"cors"},{"name":"X-A","value":"1"}`, `{"status":200}`), capture.HARCors, "https://a.test cors same-origin [] 0 200"},
		"events":     {entry("GET", from+`,{"name":"Accept","value":"text/event-stream"},{"name":"Cache-Control","value":"no-cache"}`, `{"status":200}`), capture.HARCors, "https://a.test cors same-origin [{Accept text/event-stream}] 0 200"},
		"no-cors":    {entry("GET", `{"name":"Referer","value":"https://a.test/"}`, `{"status":200}`), capture.HARNoCORS, "https://a.test/ no-cors same-origin [] 0 200"},
		"same":       {entry("GET", `{"name":"Referer","value":"https://b.test/"}`, `{"status":200}`), capture.HARSameOrigin, "https://b.test/ cors same-origin [] 0 200"},
		"navigation": {entry("GET", `{"name":"Sec-Fetch-Mode","value":"navigate"}`, `{"status":200}`), capture.HARNavigation, ""},
		"unknown":    {entry("GET", ``, `{"status":200}`), capture.HARUnknown, ""},
		"foreign":    {entry("GET", `{"name":"Origin","value":"chrome-extension://abc"}`, `{"status":200}`), capture.HARForeign, ""},
		"preflight":  {entry("OPTIONS", from+`,{"name":"Access-Control-Request-Method","value":"PUT"},{"name":"Access-Control-Request-Headers","value":"x-a"}`, `{"status":204}`), capture.HARPreflight, "https://a.test cors same-origin [{x-a corsim/unseen}] 204 0"},
		"unanswered": {entry("OPTIONS", from+`,{"name":"Access-Control-Request-Method","value":"PUT"}`, `{"status":0}`), capture.HARPreflight, ""},
	} {
		t.Run(name, func(t *testing.T) {
			e, err := capture.DecodeHAREntry(c.text)
			assert.NilError(t, err)
			x := e.Exchange()
			assert.Equal(t, x.Kind, c.kind)
			got := ""
			if r := x.Recording; r != nil {
				credentials := map[fetch.CredentialsMode]string{fetch.CredentialsInclude: "include", fetch.CredentialsSameOrigin: "same-origin"}
				got = fmt.Sprint(r.Page, " ", r.Mode, " ", credentials[r.Credentials], " ", r.Header, " ", r.Preflight.Status, " ", r.Response.Status)
			}
			assert.Equal(t, got, c.want)
		})
	}
}
