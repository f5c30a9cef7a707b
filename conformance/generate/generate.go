// Package generate makes random scenarios, so that a simulator can be compared with a browser on scenarios that nobody
// has seen. The same seed always gives the same scenarios.
//
// Each scenario is a story of one to four steps that share servers: fetch(), XMLHttpRequest, elements, event sources and
// beacons, some of them over redirects. The servers allow what the steps need; in two of five stories one thing
// is then made wrong.
//
// # Terminology
//
//   - endpoint: a URL of a story with its responses to preflights and to requests.
//
// # Specification
//
// The scenarios have the form that docs/format.md describes.
package generate

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// Scenarios returns the texts of n scenarios. Their names begin with "random" and have the seed.
func Scenarios(seed uint64, n int) []string {
	out := make([]string, n)
	for i := range out {
		s := &story{rand: rand.New(rand.NewPCG(seed, uint64(i))), Name: fmt.Sprintf("random%d-%05d", seed, i)}
		s.Page = one(s.rand, pages)
		for range 1 + s.rand.IntN(4) {
			s.addStep()
		}
		if s.rand.IntN(5) < 2 {
			s.spoil()
		}
		text, err := json.Marshal(s)
		if err != nil {
			panic(err) // strings and numbers only
		}
		out[i] = string(text)
	}
	return out
}

var (
	pages    = []string{"https://myapp.test/", "https://myapp.test/app/page?x=1", "http://localhost:3000/", "https://www.myapp.test/", "http://myapp.test/", "https://app.example.com/"}
	servers  = []string{"https://api.test", "https://api.myapp.test", "https://cdn.test:8443", "https://myapp.test", "http://localhost:8080", "https://other.test"}
	methods  = []string{"GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "PATCH", "HEAD", "patch", "QUERY"}
	headers  = [][2]string{{"Content-Type", "application/json"}, {"X-Requested-With", "XMLHttpRequest"}, {"Authorization", "Bearer t"}, {"Accept", "application/json"}, {"X-Trace-Id", "1"}, {"Content-Type", "text/plain"}, {"If-None-Match", "\"1\""}}
	statuses = []int{200, 200, 200, 201, 204, 400, 404, 500}
	moved    = []int{301, 302, 303, 307, 308}
	tags     = []string{"img", "script", "module", "stylesheet"}
	bodies   = map[string][2]string{
		"img": {"image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`}, "script": {"text/javascript", "var a = 1;"},
		"module": {"text/javascript", "export default 1;"}, "stylesheet": {"text/css", "a{color:red}"},
		"eventsource": {"text/event-stream", "data: x\n\n"},
	}
)

func one[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// story is a scenario as JSON has it.
type story struct {
	rand   *rand.Rand
	Name   string           `json:"name"`
	Page   string           `json:"page"`
	Server []rule           `json:"server"`
	Steps  []map[string]any `json:"steps"`
}

type rule struct {
	When    map[string]string `json:"when"`
	Status  int               `json:"status"`
	Headers [][2]string       `json:"headers"`
	Body    string            `json:"body"`
}

// endpoint is what a step asks of a server.
type endpoint struct {
	kind        string // of bodies; "" is text
	method      string
	headers     [][2]string
	credentials bool
	preflight   bool // the server answers preflights
}

// addStep adds a step of any kind with its endpoint.
func (s *story) addStep() {
	switch s.rand.IntN(8) {
	case 0:
		tag := one(s.rand, tags)
		element := map[string]any{"tag": tag, "url": s.endpoint(endpoint{kind: tag, method: "GET"})}
		if s.rand.IntN(2) == 0 {
			element["crossorigin"] = "anonymous"
		}
		s.Steps = append(s.Steps, map[string]any{"element": element})
	case 1:
		s.Steps = append(s.Steps, map[string]any{"eventsource": map[string]any{"url": s.endpoint(endpoint{kind: "eventsource", method: "GET"})}})
	case 2:
		s.Steps = append(s.Steps, map[string]any{"beacon": map[string]any{
			"url": s.endpoint(endpoint{method: "POST", headers: [][2]string{{"Content-Type", ""}}, credentials: true, preflight: true}), "body": "x", "type": "application/json",
		}})
	case 3, 4:
		s.addXHR()
	default:
		s.addFetch()
	}
}

// call returns an endpoint for a call with a method and headers, and the members that fetch() and XMLHttpRequest share.
func (s *story) call() (endpoint, map[string]any) {
	e := endpoint{method: one(s.rand, methods), preflight: true, credentials: s.rand.IntN(3) == 0}
	members := map[string]any{"method": e.method}
	for range s.rand.IntN(3) {
		e.headers = append(e.headers, one(s.rand, headers))
	}
	if len(e.headers) > 0 {
		members["headers"] = e.headers
	}
	if slices.Contains([]string{"POST", "PUT", "PATCH", "patch", "QUERY"}, e.method) {
		members["body"] = `{"a":1}`
	}
	return e, members
}

func (s *story) addFetch() {
	e, members := s.call()
	if e.credentials {
		members["credentials"] = "include"
	}
	members["url"] = s.endpoint(e)
	s.Steps = append(s.Steps, map[string]any{"fetch": members})
}

func (s *story) addXHR() {
	e, members := s.call()
	if e.credentials {
		members["withCredentials"] = true
	}
	members["url"] = s.endpoint(e)
	s.Steps = append(s.Steps, map[string]any{"xhr": members})
}

// endpoint adds the rules of an endpoint, with a redirect in front of it at times, and returns its URL.
func (s *story) endpoint(e endpoint) string {
	path := fmt.Sprintf("/%s/r%d", s.Name, len(s.Server))
	url := one(s.rand, servers) + path
	s.addRules(url, e, func(r *rule) {
		kind, body := "text/plain", "ok"
		if b, ok := bodies[e.kind]; ok {
			kind, body = b[0], b[1]
		}
		r.Status, r.Body = 200, body
		if e.kind == "" {
			r.Status = one(s.rand, statuses)
		}
		r.Headers = append(r.Headers, [2]string{"Content-Type", kind})
	})
	if s.rand.IntN(4) > 0 {
		return url
	}
	from := one(s.rand, servers) + path + "-from"
	s.addRules(from, e, func(r *rule) {
		r.Status = one(s.rand, moved)
		r.Headers = append(r.Headers, [2]string{"Location", url})
	})
	return from
}

// addRules adds the answers of one URL: to preflights, and to requests, which answer completes.
func (s *story) addRules(url string, e endpoint, answer func(*rule)) {
	origin := strings.Join(strings.SplitN(s.Page, "/", 4)[:3], "/")
	allow := [][2]string{{"Access-Control-Allow-Origin", origin}}
	if e.credentials {
		allow = append(allow, [2]string{"Access-Control-Allow-Credentials", "true"})
	} else if s.rand.IntN(2) == 0 {
		allow[0][1] = "*"
	}
	if e.preflight {
		names := make([]string, len(e.headers))
		for i, h := range e.headers {
			names[i] = h[0]
		}
		s.Server = append(s.Server, rule{When: map[string]string{"method": "OPTIONS", "url": url}, Status: 204, Headers: append(slices.Clone(allow),
			[2]string{"Access-Control-Allow-Methods", e.method}, [2]string{"Access-Control-Allow-Headers", strings.Join(names, ", ")})})
	}
	r := rule{When: map[string]string{"url": url}, Headers: slices.Clone(allow)}
	answer(&r)
	s.Server = append(s.Server, r)
}

// spoil makes one response wrong, as people do.
func (s *story) spoil() {
	r := &s.Server[s.rand.IntN(len(s.Server))]
	i := s.rand.IntN(len(r.Headers))
	switch s.rand.IntN(6) {
	case 0:
		r.Headers = slices.Delete(r.Headers, i, i+1)
	case 1:
		r.Headers[i][1] += "/"
	case 2:
		r.Headers = append(r.Headers, r.Headers[i])
	case 3:
		r.Headers[i][1] = "*"
	case 4:
		r.Status = one(s.rand, []int{301, 403, 404, 405, 500})
	case 5:
		r.When["method"] = "TRACE" // nothing answers
	}
}
