//go:build crawl

package record

import (
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/scenario"
)

var crawlFolder = flag.String("crawl", "", "the folder for the files of the crawl")

// TestCrawl visits pages with Chromium, and writes what its developer tools tell: a HAR file, rows as HTTP Archive has them,
// and Chromium's own verdict on each request.
//
//	go test -tags crawl -run TestCrawl ./conformance/record -crawl ../bulk/testdata/crawl
func TestCrawl(t *testing.T) {
	if *crawlFolder == "" {
		t.Skip("-crawl names no folder")
	}
	if !Inside() {
		status, err := Enter()
		assert.NilError(t, err)
		assert.Equal(t, status, 0)
		return
	}
	pages := crawledPages(19, 120)
	hosts := hostsOf(pages)
	w, err := openWorld("chromium", []*Story{hosts})
	assert.NilError(t, err)
	defer w.close()
	c, err := newChromium(w)
	assert.NilError(t, err)
	version, err := c.start(t.Context())
	assert.NilError(t, err)
	defer c.stop()
	out := &crawl{Browser: version, hosts: hosts}
	for _, p := range pages {
		w.server.Play(p.rules)
		assert.NilError(t, out.visit(t.Context(), c, p), p.url)
	}
	assert.NilError(t, out.write(*crawlFolder))
}

// hostsOf returns a story that names all hosts and ports of pages.
func hostsOf(pages []*crawledPage) *Story {
	var text strings.Builder
	for _, p := range pages {
		text.WriteString(p.url + " ")
		for _, r := range p.rules {
			text.WriteString(r.When.URL + " ")
		}
	}
	return &Story{Scenario: new(scenario.Scenario), text: text.String()}
}

// crawl is what was recorded.
type crawl struct {
	Browser  string
	hosts    *Story
	Requests []*crawledRequest
	Pages    []string
	// Console holds the lines by page and by what they are about.
	Console map[string]map[string][]string
}

// crawledRequest is a request, or one part of it between two redirects.
type crawledRequest struct {
	Page, URL, Method, Type string
	// Header is what was sent; of a request that was not sent, what Chromium knew of it.
	Header, Answer [][2]string
	Status         int
	Started        time.Time
	// Error, Code and Blocked are Chromium's own words for why the request failed.
	Error, Code, Blocked string
	preflight            *crawledRequest
	sent                 bool // over the network
}

// visit opens a page and takes what the developer tools tell.
func (out *crawl) visit(ctx context.Context, c *chromium, p *crawledPage) error {
	if err := c.reset(ctx, out.hosts, false); err != nil {
		return err
	}
	c.conn.take()
	if err := c.conn.call(ctx, c.session, "Page.navigate", map[string]any{"url": p.url}, nil); err != nil {
		return err
	}
	v := &visited{out: out, page: p.url, byID: make(map[string][]*crawledRequest), sent: make(map[string]int), answered: make(map[string]int)}
	for quiet := 0; quiet < 12; {
		time.Sleep(100 * time.Millisecond)
		quiet++
		for _, e := range c.conn.take() {
			if e.SessionID != c.session {
				continue
			}
			if err := v.event(e); err != nil {
				return err
			}
			quiet = 0
		}
	}
	out.add(v)
	return nil
}

// visited is a page while it loads.
type visited struct {
	out            *crawl
	page           string
	requests       []*crawledRequest
	byID           map[string][]*crawledRequest // the parts of each request
	sent, answered map[string]int               // how many parts have their headers
	early          []cdpMessage                 // headers that came before their request
}

// crawlEvent has the members of all events that matter.
type crawlEvent struct {
	RequestID string
	Type      string
	WallTime  float64
	Request   struct {
		URL, Method string
		Headers     map[string]string
	}
	Initiator        struct{ Type, RequestID string }
	RedirectResponse *struct{ Status int }
	Headers          map[string]string
	StatusCode       int
	ErrorText        string
	BlockedReason    string
	CorsErrorStatus  *struct{ CorsError string }
	Entry            struct{ Text, URL string }
}

func (v *visited) event(e cdpMessage) error {
	var p crawlEvent
	if !strings.HasPrefix(e.Method, "Network.") && e.Method != "Log.entryAdded" {
		return nil
	}
	if err := json.Unmarshal(e.Params, &p); err != nil {
		return err
	}
	switch e.Method {
	case "Network.requestWillBeSent":
		v.begins(&p)
		early := v.early
		v.early = nil
		for _, e := range early {
			if err := v.event(e); err != nil {
				return err
			}
		}
	case "Network.requestWillBeSentExtraInfo":
		if r := v.part(&p, v.sent, e); r != nil {
			r.Header, r.sent = pairs(p.Headers), true
		}
	case "Network.responseReceivedExtraInfo":
		if r := v.part(&p, v.answered, e); r != nil {
			r.Answer, r.Status = pairs(p.Headers), p.StatusCode
		}
	case "Network.loadingFailed":
		if parts := v.byID[p.RequestID]; len(parts) > 0 {
			r := parts[len(parts)-1]
			r.Error, r.Blocked = p.ErrorText, p.BlockedReason
			if p.CorsErrorStatus != nil {
				r.Code = p.CorsErrorStatus.CorsError
			}
		}
	case "Log.entryAdded":
		v.said(p.Entry.Text, p.Entry.URL)
	}
	return nil
}

// begins adds a request, or the next part of one after a redirect.
func (v *visited) begins(p *crawlEvent) {
	url, _, _ := strings.Cut(p.Request.URL, "#")
	if !strings.HasPrefix(url, "http") {
		return
	}
	r := &crawledRequest{Page: v.page, URL: url, Method: p.Request.Method, Type: strings.ToLower(p.Type), Header: pairs(p.Request.Headers), Started: time.UnixMicro(int64(p.WallTime * 1e6)).UTC()}
	v.requests = append(v.requests, r)
	v.byID[p.RequestID] = append(v.byID[p.RequestID], r)
	if parts := v.byID[p.Initiator.RequestID]; p.Initiator.Type == "preflight" && len(parts) > 0 {
		parts[len(parts)-1].preflight = r
	}
}

// part returns the part of a request that headers belong to; they come once for each part, in order.
func (v *visited) part(p *crawlEvent, seen map[string]int, e cdpMessage) *crawledRequest {
	parts := v.byID[p.RequestID]
	i := seen[p.RequestID]
	if i >= len(parts) {
		v.early = append(v.early, e)
		return nil
	}
	seen[p.RequestID]++
	return parts[i]
}

// aboutURL finds the URL that a line of the console is about.
var aboutURL = regexp.MustCompile(`(?:at|resource|endpoint) '([^']+)'`)

// said adds a line of the console to what it is about.
func (v *visited) said(text, url string) {
	if !isChromiumMessage(text) {
		return
	}
	if m := aboutURL.FindStringSubmatch(text); m != nil {
		url = m[1]
	}
	if v.out.Console == nil {
		v.out.Console = make(map[string]map[string][]string)
	}
	if v.out.Console[v.page] == nil {
		v.out.Console[v.page] = make(map[string][]string)
	}
	v.out.Console[v.page][url] = append(v.out.Console[v.page][url], text)
}

// add adds a page whose requests are over.
func (out *crawl) add(v *visited) {
	out.Pages = append(out.Pages, v.page)
	out.Requests = append(out.Requests, v.requests...)
}

// pairs returns headers as pairs in the order of their names; lines of one name stay in their order.
func pairs(headers map[string]string) (out [][2]string) {
	for name, value := range headers {
		for line := range strings.SplitSeq(value, "\n") {
			out = append(out, [2]string{strings.ToLower(name), line})
		}
	}
	slices.SortStableFunc(out, func(a, b [2]string) int { return cmp.Compare(a[0], b[0]) })
	return out
}

// write writes the three files.
func (out *crawl) write(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for name, text := range map[string]string{"crawl.har.gz": out.har(), "requests.jsonl.gz": out.rows(), "verdicts.jsonl.gz": out.verdicts()} {
		if err := writeGzip(folder+"/"+name, text); err != nil {
			return err
		}
	}
	return nil
}
