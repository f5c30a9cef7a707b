package server

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/corsim/corsim/fetch"
)

// Script is a server that follows rules: the first rule that matches a request
// answers it. It is a [fetch.Transport].
type Script []Rule

// Rule is one response of a [Script] with the requests that get it. A rule with status 101
// opens a WebSocket: its response also has the headers that the protocol demands.
type Rule struct {
	When   When
	Status int
	// Header is sent in order, with duplicates; values are bytes.
	Header fetch.HeaderList
	Body   string // bytes
	// Times is how many requests the rule answers; later ones are left to the rules
	// after it. 0 means no limit.
	Times int
	// Delay is how long the server waits before it answers.
	Delay time.Duration
}

// When selects requests by method, URL and headers, byte for byte. An empty field
// matches every request.
type When struct {
	Method string
	// URL is compared with the URL that reaches the server: ASCII host, no
	// default port, no userinfo, no fragment.
	URL string
	// Header are headers that all have to be as they say.
	Header []HeaderWhen
}

// HeaderWhen is a header of a request, compared by its whole value. The values of
// several headers of one name are joined by ", ".
type HeaderWhen struct {
	Name  string // in any case
	Value string // bytes
	// Absent: the request has no header of this name; there is no value.
	Absent bool
}

// errTimes is the error of a script that has to count what it answers.
var errTimes = errors.New("a rule answers only some requests: Script.Start returns a server that counts them")

// RoundTrip returns the response of the first rule that matches. If no rule
// matches, the connection closes without a response. A script with rules that answer
// only some requests returns an error: see [Script.Start].
func (s Script) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	if s.counts() {
		return nil, errTimes
	}
	return s.Start().RoundTrip(ctx, req)
}

func (s Script) counts() bool {
	return slices.ContainsFunc(s, func(r Rule) bool { return r.Times > 0 })
}

// Start returns a server that follows the rules and has answered nothing yet.
func (s Script) Start() *Started {
	out := &Started{rules: s}
	if s.counts() {
		out.answered = make([]int, len(s))
	}
	return out
}

// Started is a running [Script], which knows how many requests each rule has
// answered. It is safe for concurrent use.
type Started struct {
	rules Script

	mu       sync.Mutex
	answered []int // by rule; nil if no rule has a limit
}

// RoundTrip returns the response of the first rule that matches and has not answered
// all its requests. If there is none, the connection closes without a response.
func (s *Started) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	// The server sees neither credentials nor fragment of the URL.
	target := req.URL.WithoutCredentials().WithoutFragment().String()
	if r := s.Next(req.Method, target, req.Header); r != nil {
		out := r.answer(req.Method)
		if key, ok := req.Header.Get(fetch.HeaderSocketKey); ok && r.Status == 101 {
			out.Header = append(out.Header, acceptance(key)...)
		}
		return out, nil
	}
	return nil, fetch.ErrNoAnswer
}

// Next returns the rule that answers a request with a method and a URL in the form of
// [When], and counts it; nil if there is none.
func (s *Started) Next(method, url string, header fetch.HeaderList) *Rule {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.rules {
		r := &s.rules[i]
		if r.Times > 0 && s.answered[i] >= r.Times || !r.When.matches(method, url, header) {
			continue
		}
		if s.answered != nil {
			s.answered[i]++
		}
		return r
	}
	return nil
}

func (w *When) matches(method, target string, header fetch.HeaderList) bool {
	if w.Method != "" && w.Method != method || w.URL != "" && w.URL != target {
		return false
	}
	for i := range w.Header {
		if !w.Header[i].matches(header) {
			return false
		}
	}
	return true
}

func (w *HeaderWhen) matches(header fetch.HeaderList) bool {
	value, ok := header.Get(w.Name)
	if w.Absent || !ok {
		return w.Absent && !ok
	}
	return value == w.Value
}

// answer returns the response over HTTP/1.1 to a method.
func (r *Rule) answer(method string) *fetch.WireResponse {
	out := &fetch.WireResponse{Status: r.Status, Header: received(r.Header), Body: r.Body, Delay: fetch.Milliseconds(r.Delay.Milliseconds())}
	bodyless := r.Status < 200 || r.Status == 204 || r.Status == 304
	if !bodyless && !r.Header.Contains("Content-Length") && !r.Header.Contains("Transfer-Encoding") {
		out.Header = append(out.Header, fetch.Header{Name: "Content-Length", Value: strconv.Itoa(len(r.Body))})
	}
	if bodyless || method == "HEAD" {
		out.Body = ""
	}
	return out
}

// acceptance returns the headers with which a server opens a WebSocket, for a value of
// Sec-WebSocket-Key.
// https://www.rfc-editor.org/rfc/rfc6455#section-4.2.2
func acceptance(key string) fetch.HeaderList {
	return fetch.HeaderList{
		{Name: "Upgrade", Value: "websocket"}, {Name: "Connection", Value: "Upgrade"},
		{Name: fetch.HeaderSocketAccept, Value: fetch.SocketAccept(key)},
	}
}

// received returns headers as a client's HTTP parser returns them, without
// white space around values. The list has capacity for one more header.
func received(l fetch.HeaderList) fetch.HeaderList {
	out := slices.Grow(fetch.HeaderList(nil), len(l)+1)
	for _, h := range l {
		h.Value = strings.Trim(h.Value, " \t")
		out = append(out, h)
	}
	return out
}

// Changed returns a script whose responses have the changes. A change names a request
// by method and URL, so that it changes each rule that may answer such a request, whatever
// headers the rule asks for. A rule that answers other requests, too, stays as it is, with
// a changed copy before it.
func (s Script) Changed(changes ...Change) Script {
	out := slices.Clone(s)
	for _, c := range changes {
		out = out.changed(c, givesStatus(changes, c.Target))
	}
	return out
}

// changed makes one change. If no rule answers and the response is to have a status, it
// adds a rule.
func (s Script) changed(c Change, hasStatus bool) Script {
	var out Script
	answers := false // whether a rule before answers each request of the target
	for _, r := range s {
		w := &r.When
		fits := (w.Method == "" || w.Method == c.Target.Method) && (w.URL == "" || w.URL == c.Target.URL)
		if answers || !fits {
			out = append(out, r)
			continue
		}
		exact := r
		exact.When.Method, exact.When.URL = c.Target.Method, c.Target.URL
		out = append(out, exact.changed(c))
		if w.Method == "" || w.URL == "" {
			out = append(out, r)
		}
		answers = len(w.Header) == 0 && r.Times == 0
	}
	if !answers && hasStatus {
		added := Rule{When: When{Method: c.Target.Method, URL: c.Target.URL}}
		out = append(out, added.changed(c))
	}
	return out
}

// changed returns the rule with a changed response.
func (r Rule) changed(c Change) Rule {
	answer := fetch.WireResponse{Status: r.Status, Header: r.Header.Clone(), Body: r.Body}
	c.apply(&answer)
	r.Status, r.Header, r.Body = answer.Status, answer.Header, answer.Body
	return r
}
