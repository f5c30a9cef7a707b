package scenario

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// dice draws choices from the bytes of a fuzz input; when these are used up,
// always the first.
type dice struct{ bytes []byte }

func (d *dice) roll() byte {
	if len(d.bytes) == 0 {
		return 0
	}
	b := d.bytes[0]
	d.bytes = d.bytes[1:]
	return b
}

func pick[T any](d *dice, choices ...T) T { return choices[int(d.roll())%len(choices)] }

func (d *dice) url() string {
	return pick(d,
		"https://api.test/x", "https://api.test/", "https://other.test/y", "https://myapp.test/same", "http://api.test/", "https://sub.myapp.test:8443/y?q=1#f",
		"/relative", "https://user:pw@api.test/", "data:text/plain,hi", "https://api.test:6000/", "http://localhost:3000/",
		"https://bücher.test/", "ftp://api.test/", "blob:https://myapp.test/1", "about:blank", "https://", "https://other.test/")
}

func (d *dice) header() fetch.HeaderList {
	var out fetch.HeaderList
	for range d.roll() % 4 {
		out = append(out, fetch.Header{
			Name: pick(d, "Content-Type", "Authorization", "X-A", "X-B", "Range", "Accept", "Cookie", "origin", "x-http-method-override", "é", "", "*"),
			Value: pick(d, "1", "text/plain", "application/json", "bytes=0-5", "TRACE", "a\x00b", " padded ", "\xe9", strings.Repeat("a", 129),
				"a, b", ""),
		})
	}
	return out
}

func (d *dice) word(words ...string) Optional[string] {
	if d.roll()%2 == 0 {
		return Optional[string]{}
	}
	return Some(pick(d, words...))
}

func (d *dice) step() Step {
	switch d.roll() % 8 {
	case 0, 1, 2:
		return &FetchStep{
			URL: d.url(), Method: d.word("GET", "HEAD", "POST", "PUT", "patch", "OPTIONS", "TRACE", "", "G T"), Header: d.header(),
			Body: d.word("", "x"), Mode: d.word("cors", "no-cors", "same-origin", "navigate", "x"),
			Credentials: d.word("include", "omit", "same-origin"), Redirect: d.word("follow", "manual", "error"), Kind: pick(d, append(bodyKinds[:], "")...),
		}
	case 3:
		return &XHRStep{
			URL: d.url(), Method: pick(d, "GET", "POST", "DELETE", ""), Header: d.header(), Body: d.word("", "x"),
			WithCredentials: d.roll()%2 == 1, UploadListener: d.roll()%2 == 1, Kind: pick(d, append(bodyKinds[:], "")...),
		}
	case 4:
		return &ElementStep{
			URL: d.url(), Tag: pick(d, "img", "script", "module", "stylesheet", "font", "audio", "video", "track"),
			CrossOrigin: d.word("", "use-credentials", "anonymous"),
		}
	case 5:
		return &EventSourceStep{URL: d.url(), WithCredentials: d.roll()%2 == 1}
	case 6:
		return &BeaconStep{URL: d.url(), Body: "x", Type: pick(d, "text/plain", "application/json", "")}
	}
	return &WaitStep{Duration: time.Duration(d.roll()) * time.Second}
}

// answer is a server that answers as the dice fall.
func (d *dice) answer(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	if d.roll() == 255 {
		return nil, fetch.ErrNoAnswer
	}
	sent, asked := "", map[string]string{}
	for _, h := range req.Header {
		if strings.EqualFold(h.Name, "Origin") {
			sent = h.Value
		}
		asked[strings.ToLower(h.Name)] = h.Value
	}
	out := &fetch.WireResponse{Status: pick(d, 200, 200, 200, 204, 301, 302, 303, 307, 308, 304, 401, 404, 500, 100), Body: pick(d, "ok", "")}
	add := func(name string, values ...string) {
		if v := pick(d, values...); v != "-" {
			out.Header = append(out.Header, fetch.Header{Name: name, Value: v})
		}
	}
	add("Access-Control-Allow-Origin", sent, sent, sent, "*", "-", "null", "https://other.test", sent+"/", "")
	add("Access-Control-Allow-Origin", "-", "-", "-", "-", "-", "-", "-", "*")
	add("Access-Control-Allow-Credentials", "true", "true", "-", "TRUE", "true, true")
	add("Access-Control-Allow-Methods", asked["access-control-request-method"], "*", "-", "PUT, PATCH", "(")
	add("Access-Control-Allow-Headers", asked["access-control-request-headers"], "*", "-", "x-a,,")
	add("Access-Control-Max-Age", "600", "-", "0", "-1", "x", "99999999999999999999")
	add("Access-Control-Expose-Headers", "-", "X-B", "*", "Set-Cookie, X-B", "a b")
	add("Cross-Origin-Resource-Policy", "-", "-", "same-origin", "same-site", "cross-origin")
	add("Content-Type", "text/plain", "text/javascript", "text/event-stream", "image/png", "-")
	add("Set-Cookie", "-", "a=1; SameSite=None; Secure", "b=2")
	add("X-B", "1", "-")
	if out.Status/100 == 3 {
		add("Location", d.url(), "https://api.test/x", "/again", "-", "https://myapp.test/", "http://api.test/")
	}
	return out, nil
}

// A random page, random calls and random answers: whatever happens, these hold.
func FuzzRun(f *testing.F) {
	for i := range 24 {
		seed := make([]byte, 40)
		for j := range seed {
			seed[j] = byte(i * (j + 1))
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		d := &dice{bytes: input}
		b := browser.New(pick(d, browser.Profiles()...))
		options := []browser.PageOption{browser.WithTransport(fetch.TransportFunc(d.answer))}
		if d.roll()%4 == 1 {
			options = append(options, browser.WithSandbox())
		}
		page, err := b.Open(pick(d, "https://myapp.test/", "http://myapp.test/", "http://localhost/", "file:///x"), options...)
		assert.NilError(t, err)
		_ = b.SetCookie(origin.MustParseURL("https://api.test/"), pick(d, "sid=1; Path=/; SameSite=None; Secure", "sid=1", ""))
		session := &Session{browser: b, page: page}
		for range 1 + d.roll()%4 {
			played, err := session.Play(context.Background(), d.step())
			assert.NilError(t, err)
			if played.Result != nil {
				checkInvariants(t, page, played.Result)
				checkObservation(t, played.Step, played.Result)
			}
		}
	})
}

func checkInvariants(t *testing.T, page *browser.Page, r *browser.Result) {
	t.Helper()
	hops := 0
	for _, e := range r.Trace.Exchanges {
		if e.Kind == browser.ExchangeActual {
			hops++
			continue
		}
		assert.Equal(t, e.Request.Method, "OPTIONS")
		for _, h := range e.Request.Header {
			name := strings.ToLower(h.Name)
			assert.Assert(t, name != "cookie" && name != "authorization", "a preflight carries %s", name)
		}
	}
	assert.Assert(t, hops <= 21, "%d hops", hops)
	switch r.Outcome {
	case browser.Shared:
		checkShared(t, page, r)
	case browser.Opaque:
		assert.Equal(t, len(r.Response.Header), 0)
		assert.Equal(t, r.Response.Body, "")
		assert.Equal(t, r.Response.Status, 0)
	case browser.Threw, browser.Refused:
		assert.Equal(t, len(r.Trace.Exchanges), 0)
		assert.Assert(t, r.Failure != nil)
	case browser.Blocked:
		assert.Assert(t, r.Failure != nil && r.Failure.Reason != "")
		assert.Assert(t, r.Response == nil)
	}
}

// checkShared works out again, from the wire alone, that script may see what it
// sees.
func checkShared(t *testing.T, page *browser.Page, r *browser.Result) {
	t.Helper()
	visible := func(name string) bool { return name != "set-cookie" && name != "set-cookie2" }
	u := r.Request.CurrentURL()
	switch {
	case u.IsLocal():
		return
	case r.Response.Type == fetch.ResponseCORS:
		last := r.Trace.Exchanges[len(r.Trace.Exchanges)-1]
		include := r.Request.Credentials == fetch.CredentialsInclude
		allowed := values(last.Response.Header, "access-control-allow-origin")
		sent := values(last.Request.Header, "origin")
		wildcard := allowed == "*" && !include
		assert.Assert(t, wildcard || allowed != "" && allowed == sent, "shared with %q although %q is allowed", sent, allowed)
		assert.Assert(t, !include || values(last.Response.Header, "access-control-allow-credentials") == "true")
		exposed := strings.Split(strings.ToLower(values(last.Response.Header, "access-control-expose-headers")), ",")
		inner := visible
		visible = func(name string) bool {
			return inner(name) && (slices.Contains(safelisted, name) || !include && strings.Contains(strings.Join(exposed, ","), "*") ||
				slices.ContainsFunc(exposed, func(e string) bool { return strings.TrimSpace(e) == name }))
		}
	default:
		for _, u := range r.Request.URLList {
			assert.Assert(t, u.Origin() == page.Origin(), "%s is shared with %s without a CORS check", u, page.Origin())
		}
	}
	for _, h := range r.Response.Header {
		assert.Assert(t, visible(strings.ToLower(h.Name)), "%s is visible", h.Name)
	}
}

var safelisted = []string{
	"cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma",
}

func values(l fetch.HeaderList, name string) string {
	var out []string
	for _, h := range l {
		if strings.ToLower(h.Name) == name {
			out = append(out, strings.Trim(h.Value, " \t"))
		}
	}
	return strings.Join(out, ", ")
}

// checkObservation looks whether what is observed can be written and read.
func checkObservation(t *testing.T, step Step, r *browser.Result) {
	t.Helper()
	run := Run{Scenario: &Scenario{Name: "a"}, Profile: r.Profile, Steps: []StepRun{{Step: step, Result: r}}}
	text := string(run.Observation().AppendJSON(nil))
	_, err := DecodeObservation(text)
	assert.NilError(t, err, text)
}
