package generate

import (
	"fmt"
	"slices"
)

// listener is what a service worker of a story is: the policies of its script, and what it does with requests.
type listener struct {
	Headers [][2]string      `json:"headers,omitempty"`
	Fetch   []map[string]any `json:"fetch"`
}

// image is an image that script can make of a text.
var image = bodies["img"]

// controlled are what documents with a service worker load. Most need CORS or do without it.
var controlled = slices.Concat(resources[:6], resources[8:11], []resource{
	element("img", image[0], image[1]), element("img", image[0], image[1]),
	call("fetch", map[string]any{"method": "PUT", "headers": [][2]string{{"X-Trace-Id", "1"}}, "body": "x"}), call("fetch", map[string]any{"mode": "same-origin"}),
	call("fetch", map[string]any{"redirect": "manual"}), call("fetch", map[string]any{"redirect": "error"}),
	call("xhr", map[string]any{"method": "DELETE"}), call("xhr", map[string]any{"withCredentials": true}),
	{step: "element", members: map[string]any{"tag": "img", "crossorigin": "anonymous", "canvas": true}, kind: image[0], body: image[1]},
	{step: "element", members: map[string]any{"tag": "script", "crossorigin": "use-credentials"}, kind: "text/javascript", body: "1;"},
	{step: "eventsource", kind: "text/event-stream", body: "data: x\n\n"},
	{step: "element", members: map[string]any{"tag": "css-image", "property": "mask-image"}, kind: image[0], body: image[1]},
	element("font", "font/ttf", "x"),
})

// serviceWorkerStory has a document with a service worker that responds to some of its requests.
func serviceWorkerStory(s *story) {
	s.Page = one(s.rand, []string{"https://myapp.test/", "https://myapp.test/app/page?x=1", "https://www.myapp.test/", "https://myapp.test/", "https://app.example.com/", "http://localhost:3000/", "http://myapp.test/"})
	s.here = s.Page
	s.ServiceWorker = &listener{Fetch: []map[string]any{}}
	switch s.rand.IntN(8) {
	case 0:
		s.PageHeaders = [][2]string{{"Cross-Origin-Embedder-Policy", one(s.rand, []string{"require-corp", "credentialless"})}}
	case 1:
		s.PageHeaders = [][2]string{{"Content-Security-Policy", one(s.rand, directives) + " " + one(s.rand, sources)}}
	case 2:
		s.ReferrerPolicy = one(s.rand, referrerPolicies)
	}
	switch s.rand.IntN(8) {
	case 0:
		s.ServiceWorker.Headers = [][2]string{{"Cross-Origin-Embedder-Policy", one(s.rand, []string{"require-corp", "credentialless"})}}
	case 1:
		s.ServiceWorker.Headers = [][2]string{{"Content-Security-Policy", "connect-src " + one(s.rand, sources)}}
	case 2:
		s.ServiceWorker.Headers = [][2]string{{"Referrer-Policy", one(s.rand, referrerPolicies)}}
	}
	if s.rand.IntN(4) == 0 {
		s.Cookies = []map[string]string{{"url": "https://api.test/", "set": "a=1; Path=/; SameSite=None; Secure"}}
	}
	for range 1 + s.rand.IntN(3) {
		s.loadControlled()
	}
}

// loadControlled takes a step whose request the service worker sees, and adds what it does.
func (s *story) loadControlled() {
	r := one(s.rand, controlled)
	path := fmt.Sprintf("/%s/r%d", s.Name, len(s.Server))
	url := one(s.rand, servers) + path
	if r.members["mode"] == "same-origin" || s.rand.IntN(4) == 0 {
		url = s.origin() + path
	}
	if s.rand.IntN(3) > 0 {
		s.Server = append(s.Server, rule{When: map[string]any{"method": "OPTIONS", "url": url}, Status: 204, Headers: [][2]string{
			{"Access-Control-Allow-Origin", s.origin()}, {"Access-Control-Allow-Methods", "PUT, DELETE"}, {"Access-Control-Allow-Headers", "x-trace-id"}}})
	}
	s.serve(url, r.kind, r.body, append(s.allow(), s.resourcePolicy()...)...)
	if s.rand.IntN(5) == 0 {
		to := one(s.rand, servers) + path + "-to"
		s.serve(to, r.kind, r.body, append(s.allow(), s.resourcePolicy()...)...)
		redirect := &s.Server[len(s.Server)-2]
		redirect.Status = one(s.rand, moved)
		redirect.Headers = append(redirect.Headers, [2]string{"Location", to})
	}
	on := map[string]any{"when": map[string]any{"url": url}}
	switch s.rand.IntN(10) {
	case 0:
	case 1:
		on["error"] = true
	case 2, 3:
		on["request"] = true
	case 4, 5:
		on["call"] = s.otherCall(&r, path)
	case 6:
		on["response"] = s.redirection(&r, path)
	default:
		on["response"] = map[string]any{
			"status": one(s.rand, []int{200, 200, 200, 201, 404, 500}), "body": r.body,
			"headers": append([][2]string{{"Content-Type", r.kind}, {"X-Total", "1"}}, s.resourcePolicy()...),
		}
	}
	s.ServiceWorker.Fetch = append(s.ServiceWorker.Fetch, on)
	step := s.take(r.step, r.with(url))
	if r.step == "fetch" && s.rand.IntN(6) == 0 {
		(*step)["worker"] = true
	}
}

// resourcePolicy returns a header of a response for documents with an embedder policy; often none.
func (s *story) resourcePolicy() [][2]string {
	if s.rand.IntN(3) > 0 {
		return nil
	}
	return [][2]string{{"Cross-Origin-Resource-Policy", one(s.rand, []string{"cross-origin", "same-site", "same-origin"})}}
}

// otherCall returns what the service worker passes to fetch() for another URL, over a redirect at times.
func (s *story) otherCall(r *resource, path string) map[string]any {
	other := one(s.rand, servers) + path + "-other"
	s.serve(other, r.kind, r.body, append(s.allow(), s.resourcePolicy()...)...)
	if s.rand.IntN(3) == 0 {
		from := one(s.rand, servers) + path + "-otherfrom"
		s.serve(from, "text/plain", "", append(s.allow(), [2]string{"Location", other})...).Status = one(s.rand, moved)
		other = from
	}
	out := map[string]any{"url": other}
	for _, option := range [][]string{{"mode", "", "", "no-cors", "no-cors", "same-origin"}, {"credentials", "", "", "include", "omit"}, {"redirect", "", "", "", "manual", "error"}} {
		if word := one(s.rand, option[1:]); word != "" {
			out[option[0]] = word
		}
	}
	return out
}

// redirection returns a redirect that the service worker makes. It may see the next request too.
func (s *story) redirection(r *resource, path string) map[string]any {
	to := one(s.rand, servers) + path + "-next"
	s.serve(to, r.kind, r.body, append(s.allow(), s.resourcePolicy()...)...)
	if s.rand.IntN(3) == 0 {
		s.ServiceWorker.Fetch = append(s.ServiceWorker.Fetch, map[string]any{"when": map[string]any{"url": to}, "response": map[string]any{
			"body": r.body, "headers": [][2]string{{"Content-Type", r.kind}, {"X-Next", "1"}}}})
	}
	location := to
	if s.rand.IntN(6) == 0 {
		location = path + "-next"
	}
	return map[string]any{"status": one(s.rand, moved), "headers": [][2]string{{"Location", location}}}
}
