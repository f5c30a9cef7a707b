// Package generate makes random scenarios, so that a simulator can be compared with a browser on scenarios that nobody
// has seen. The same seed always gives the same scenarios.
//
// There are two kinds. A story ([Scenarios]) has one to five steps that share servers: fetch(), XMLHttpRequest, elements, event
// sources and beacons, some of them over chains of redirects, a second document, and time that passes. The servers allow what the
// steps need; in two of five stories one thing is then made wrong. A family ([Family]) is about one subject, such as the values
// of Access-Control-Allow-Origin: each of its scenarios combines values that people write with all else as it should be.
//
// # Terminology
//
//   - endpoint: a URL of a story with its responses to preflights and to requests.
//   - family: scenarios about one subject; their names begin with its name.
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

// Scenarios returns the texts of n stories. Their names begin with "random" and have the seed.
func Scenarios(seed uint64, n int) []string {
	return texts("random", seed, n, tell)
}

// texts returns n scenarios whose names begin with a word; build fills each.
func texts(word string, seed uint64, n int, build func(*story)) []string {
	var out []string
	for i := range n {
		s := &story{rand: rand.New(rand.NewPCG(seed, uint64(i))), Name: fmt.Sprintf("%s%d-%05d", word, seed, i)}
		s.Page = one(s.rand, pages)
		s.here = s.Page
		build(s)
		text, err := json.Marshal(s)
		if err != nil {
			panic(err) // strings and numbers only
		}
		out = append(out, string(text))
	}
	return out
}

// tell makes a story of one to five steps. In two of five stories one response is wrong.
func tell(s *story) {
	for range 1 + s.rand.IntN(5) {
		s.addStep()
	}
	if s.rand.IntN(5) < 2 {
		s.spoil()
	}
}

var (
	pages      = []string{"https://myapp.test/", "https://myapp.test/app/page?x=1", "http://localhost:3000/", "https://www.myapp.test/", "http://myapp.test/", "https://app.example.com/"}
	servers    = []string{"https://api.test", "https://api.myapp.test", "https://cdn.test:8443", "https://myapp.test", "http://localhost:8080", "https://other.test"}
	methods    = []string{"GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "PATCH", "HEAD", "patch", "QUERY"}
	headers    = [][2]string{{"Content-Type", "application/json"}, {"X-Requested-With", "XMLHttpRequest"}, {"Authorization", "Bearer t"}, {"Accept", "application/json"}, {"X-Trace-Id", "1"}, {"Content-Type", "text/plain"}, {"If-None-Match", "\"1\""}}
	withBodies = []string{"POST", "PUT", "PATCH", "patch", "QUERY"}
	statuses   = []int{200, 200, 200, 201, 204, 400, 404, 500}
	moved      = []int{301, 302, 303, 307, 308}
	tags       = []string{"img", "script", "module", "stylesheet"}
	bodies     = map[string][2]string{
		"img": {"image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`}, "script": {"text/javascript", "var a = 1;"},
		"module": {"text/javascript", "export default 1;"}, "stylesheet": {"text/css", "a{color:red}"},
		"eventsource": {"text/event-stream", "data: x\n\n"},
	}
)

func one[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// story is a scenario as JSON has it.
type story struct {
	rand   *rand.Rand
	here   string           // the page that is open after the last step
	Name   string           `json:"name"`
	Page   string           `json:"page"`
	Server []rule           `json:"server"`
	Steps  []map[string]any `json:"steps"`
	policies
}

// policies are what documents and the network have in some families.
type policies struct {
	Sandboxed      bool                `json:"sandboxed,omitempty"`
	ReferrerPolicy string              `json:"referrerPolicy,omitempty"`
	PageHeaders    [][2]string         `json:"pageHeaders,omitempty"`
	Cookies        []map[string]string `json:"cookies,omitempty"`
	AddressSpaces  map[string]string   `json:"addressSpaces,omitempty"`
	Permissions    map[string]string   `json:"permissions,omitempty"`
	ServiceWorker  *listener           `json:"serviceWorker,omitempty"`
}

type rule struct {
	When    map[string]any `json:"when"`
	Times   int            `json:"times,omitempty"`
	Delay   int            `json:"delay,omitempty"` // in milliseconds
	Status  int            `json:"status"`
	Headers [][2]string    `json:"headers"`
	Body    string         `json:"body"`
}

// set gives a header a value, or takes it away when the value is absent.
func (r *rule) set(name, value string) {
	r.Headers = slices.DeleteFunc(r.Headers, func(h [2]string) bool { return h[0] == name })
	if value != absent {
		r.Headers = append(r.Headers, [2]string{name, value})
	}
}

// endpoint is what a step asks of a server.
type endpoint struct {
	kind        string // of bodies; "" is text
	method      string
	headers     [][2]string
	credentials bool
	preflight   bool   // the server answers preflights
	maxAge      string // of preflights; "" sends none
}

// addStep adds a step of any kind with its endpoint.
func (s *story) addStep() {
	switch s.rand.IntN(10) {
	case 8:
		if len(s.Steps) > 0 {
			s.again()
			return
		}
		s.addFetch()
	case 9:
		s.here = one(s.rand, pages)
		s.Steps = append(s.Steps, map[string]any{"page": s.here})
		s.addFetch()
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

// asked returns an endpoint for a call with a method and headers, and the members that fetch() and XMLHttpRequest share.
func (s *story) asked() (endpoint, map[string]any) {
	e := endpoint{method: one(s.rand, methods), preflight: true, credentials: s.rand.IntN(3) == 0}
	members := map[string]any{"method": e.method}
	if s.rand.IntN(4) == 0 {
		e.maxAge = one(s.rand, []string{"0", "1", "10", "600"})
	}
	for range s.rand.IntN(3) {
		e.headers = append(e.headers, one(s.rand, headers))
	}
	if len(e.headers) > 0 {
		members["headers"] = e.headers
	}
	if slices.Contains(withBodies, e.method) {
		members["body"] = `{"a":1}`
	}
	return e, members
}

func (s *story) addFetch() {
	e, members := s.asked()
	if e.credentials {
		members["credentials"] = "include"
	}
	members["url"] = s.endpoint(e)
	s.Steps = append(s.Steps, map[string]any{"fetch": members})
}

// again takes the last step once more, sometimes after a wait: browsers remember preflights, images and redirects.
func (s *story) again() {
	last := s.Steps[len(s.Steps)-1]
	if s.rand.IntN(2) == 0 {
		s.Steps = append(s.Steps, map[string]any{"wait": one(s.rand, []int{1, 6, 11})})
	}
	s.Steps = append(s.Steps, last)
}

func (s *story) addXHR() {
	e, members := s.asked()
	if e.credentials {
		members["withCredentials"] = true
	}
	members["url"] = s.endpoint(e)
	s.Steps = append(s.Steps, map[string]any{"xhr": members})
}

// endpoint adds the rules of an endpoint, with a chain of one to three redirects in front of it at times, and returns its URL.
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
	return s.chain(url, path, e, 1+s.rand.IntN(3))
}

// chain adds a number of redirects that lead to a URL, and returns the first URL.
func (s *story) chain(url, path string, e endpoint, length int) string {
	for i := range length {
		from := fmt.Sprintf("%s%s-from%d", one(s.rand, servers), path, i)
		s.addRules(from, e, func(r *rule) {
			r.Status = one(s.rand, moved)
			r.Headers = append(r.Headers, [2]string{"Location", url})
		})
		url = from
	}
	return url
}

// addRules adds the answers of one URL: to preflights, and to requests, which answer completes.
func (s *story) addRules(url string, e endpoint, answer func(*rule)) {
	allow := [][2]string{{"Access-Control-Allow-Origin", s.origin()}}
	if e.credentials {
		allow = append(allow, [2]string{"Access-Control-Allow-Credentials", "true"})
	} else if s.rand.IntN(2) == 0 {
		allow[0][1] = "*"
	}
	if e.maxAge != "" {
		allow = append(allow, [2]string{"Access-Control-Max-Age", e.maxAge})
	}
	if e.preflight {
		names := make([]string, len(e.headers))
		for i, h := range e.headers {
			names[i] = h[0]
		}
		s.Server = append(s.Server, rule{When: map[string]any{"method": "OPTIONS", "url": url}, Status: 204, Headers: append(slices.Clone(allow),
			[2]string{"Access-Control-Allow-Methods", e.method}, [2]string{"Access-Control-Allow-Headers", strings.Join(names, ", ")})})
	}
	r := rule{When: map[string]any{"url": url}, Headers: slices.Clone(allow)}
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
