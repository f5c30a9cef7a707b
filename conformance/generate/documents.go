package generate

import (
	"fmt"
	"strings"
)

// documentFamilies are about documents: their policies, what they load and remember, and where they are.
var documentFamilies = []family{
	{"bodytype", bodyTypeStory},
	{"cachemode", cacheModeStory},
	{"canvas", canvasStory},
	{"coep", embedderStory},
	{"csp", contentPolicyStory},
	{"cssimage", styleStory},
	{"form", formStory},
	{"frame", frameStory},
	{"keepalive", keepaliveStory},
	{"pages", pagesStory},
	{"preload", preloadStory},
	{"referrer", referrerStory},
	{"serviceworker", serviceWorkerStory},
	{"track", trackStory},
	{"websocket", webSocketStory},
	{"worker", workerStory},
	{"xhrtimeout", timeoutStory},
	{"xhrtype", xhrTypeStory},
}

// resource is something that a document loads: its step, and what a server answers.
type resource struct {
	step    string         // the kind of step
	members map[string]any // of the step, besides the URL
	kind    string         // the type of the response
	body    string
}

const (
	gif  = "GIF89a\x01\x00\x01\x00\u0080\x00\x00\x00\x00\x00\u00ff\u00ff\u00ff!\u00f9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
	html = "<!doctype html><meta charset=utf-8>"
)

func call(kind string, members map[string]any) resource {
	return resource{step: kind, members: members, kind: "text/plain", body: "ok"}
}

func element(tag, kind, body string) resource {
	return resource{step: "element", members: map[string]any{"tag": tag}, kind: kind, body: body}
}

// resources are what documents with policies load. Those that more is known of are there more than once.
var resources = []resource{
	call("fetch", nil), call("fetch", map[string]any{"mode": "no-cors"}), call("fetch", map[string]any{"credentials": "include"}),
	call("fetch", map[string]any{"mode": "no-cors", "method": "POST", "body": "x"}), call("xhr", nil), call("beacon", map[string]any{"body": "x"}),
	element("img", "image/gif", gif), element("img", "image/gif", gif), element("script", "text/javascript", "1;"), element("module", "text/javascript", "export default 1;"),
	element("stylesheet", "text/css", "a{color:red}"), element("iframe", "text/html", html+"x"), element("font", "font/ttf", "x"),
	{step: "eventsource", kind: "text/event-stream", body: "data: x\n\n"},
	{step: "element", members: map[string]any{"tag": "css-image", "property": "background-image"}, kind: "image/gif", body: gif},
}

// with returns the members of a step with its URL and further members; an empty text leaves the member out.
func (r *resource) with(url string, pairs ...string) map[string]any {
	out := map[string]any{"url": url}
	for name, value := range r.members {
		out[name] = value
	}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out[pairs[i]] = pairs[i+1]
		}
	}
	return out
}

// take adds a step.
func (s *story) take(kind string, members map[string]any) *map[string]any {
	s.Steps = append(s.Steps, map[string]any{kind: members})
	return &s.Steps[len(s.Steps)-1]
}

// serve adds a response, and returns its rule, which holds until the next one is added.
func (s *story) serve(url, kind, body string, headers ...[2]string) *rule {
	r := rule{When: map[string]any{"url": url}, Status: 200, Headers: append([][2]string{{"Content-Type", kind}}, headers...), Body: body}
	s.Server = append(s.Server, r)
	return &s.Server[len(s.Server)-1]
}

// allow returns the headers that allow the open page something, or nearly so.
func (s *story) allow() [][2]string {
	out := [][2]string{{"Access-Control-Allow-Origin", one(s.rand, []string{s.origin(), s.origin(), s.origin(), "*", "https://wrong.test"})}}
	switch s.rand.IntN(4) {
	case 0:
		return nil
	case 1:
		out = append(out, [2]string{"Access-Control-Allow-Credentials", "true"})
	}
	return out
}

// load takes a step that loads one of the resources from a URL below a server, over a redirect at times.
func (s *story) load(server string, headers ...[2]string) {
	r := one(s.rand, resources)
	path := fmt.Sprintf("/%s/r%d", s.Name, len(s.Server))
	url := server + path
	s.serve(url, r.kind, r.body, append(s.allow(), headers...)...)
	if s.rand.IntN(4) == 0 {
		from := one(s.rand, servers) + path + "-from"
		redirect := s.serve(from, "text/plain", "", append(s.allow(), [2]string{"Location", url})...)
		redirect.Status = one(s.rand, moved)
		url = from
	}
	s.take(r.step, r.with(url))
}

var (
	sources    = []string{"'self'", "'none'", "*", "https:", "http:", "https://api.test", "api.test", "*.myapp.test", "https://cdn.test:*", "https://api.test/other", "https://api.test/", "HTTPS://API.TEST", "'SELF'", "data:", "http://api.test", "localhost:8080", "https://other.test https://cdn.test:8443", "", "wss://api.test"}
	directives = []string{"connect-src", "connect-src", "default-src 'self' 'unsafe-inline'; connect-src", "img-src", "img-src", "style-src 'unsafe-inline'", "font-src", "frame-src 'self'", "child-src 'self'", "script-src 'self' 'unsafe-inline'", "media-src", "script-src 'self' 'unsafe-inline'; frame-src 'self'; default-src"}
)

// contentPolicyStory has a document with one or two content security policies.
func contentPolicyStory(s *story) {
	name := one(s.rand, []string{"Content-Security-Policy", "Content-Security-Policy", "Content-Security-Policy-Report-Only"})
	for range 1 + s.rand.IntN(2) {
		policy := one(s.rand, directives) + " " + one(s.rand, sources)
		switch s.rand.IntN(8) {
		case 0:
			policy += "; upgrade-insecure-requests"
		case 1:
			policy = "block-all-mixed-content; " + policy
		}
		s.PageHeaders = append(s.PageHeaders, [2]string{name, policy})
	}
	for range 1 + s.rand.IntN(3) {
		s.load(one(s.rand, append([]string{"http://api.test"}, servers...)))
	}
}

// embedderStory has a document with an embedder policy, and resources with and without a resource policy.
func embedderStory(s *story) {
	s.PageHeaders = [][2]string{{
		one(s.rand, []string{"Cross-Origin-Embedder-Policy", "Cross-Origin-Embedder-Policy", "Cross-Origin-Embedder-Policy-Report-Only"}),
		one(s.rand, []string{"require-corp", "require-corp", "credentialless", "credentialless", "unsafe-none", "require-corp; report-to=\"x\"", "Require-Corp", "credentialless, x"}),
	}}
	if s.rand.IntN(3) == 0 {
		s.PageHeaders = append(s.PageHeaders, [2]string{"Cross-Origin-Opener-Policy", "same-origin"})
	}
	if s.rand.IntN(2) == 0 {
		s.Cookies = []map[string]string{{"url": "https://api.test/", "set": "a=1; Path=/; SameSite=None; Secure"}}
	}
	for range 1 + s.rand.IntN(3) {
		var headers [][2]string
		if policy := one(s.rand, []string{"", "cross-origin", "same-site", "same-origin", "Cross-Origin"}); policy != "" {
			headers = append(headers, [2]string{"Cross-Origin-Resource-Policy", policy})
		}
		if s.rand.IntN(3) == 0 {
			headers = append(headers, [2]string{"Cross-Origin-Embedder-Policy", one(s.rand, []string{"require-corp", "credentialless"})})
		}
		s.load(one(s.rand, servers), headers...)
	}
}

var referrerPolicies = []string{"", "no-referrer", "no-referrer-when-downgrade", "same-origin", "origin", "strict-origin", "origin-when-cross-origin", "strict-origin-when-cross-origin", "unsafe-url", "UNSAFE-URL", "x", "origin, no-referrer", "never"}

// referrerStory has referrer policies of the document, of its steps and of redirects.
func referrerStory(s *story) {
	s.ReferrerPolicy = one(s.rand, referrerPolicies)
	for range 1 + s.rand.IntN(3) {
		path := fmt.Sprintf("/%s/r%d?x=1", s.Name, len(s.Server))
		r := one(s.rand, []resource{resources[0], resources[0], resources[1], call("xhr", nil), resources[6], resources[8], resources[10], resources[11]})
		url := one(s.rand, servers) + path
		s.serve(url, r.kind, r.body, [2]string{"Access-Control-Allow-Origin", "*"})
		if s.rand.IntN(3) == 0 {
			from := one(s.rand, servers) + path + "-from"
			redirect := s.serve(from, "text/plain", "", [2]string{"Access-Control-Allow-Origin", "*"}, [2]string{"Location", url}, [2]string{"Referrer-Policy", one(s.rand, referrerPolicies)})
			redirect.Status = one(s.rand, moved)
			url = from
		}
		policy, referrer := one(s.rand, referrerPolicies[:9]), ""
		if r.step == "xhr" {
			policy = ""
		}
		if r.step == "fetch" {
			referrer = one(s.rand, []string{"", "", "about:client", s.origin() + "/else?y#z", "https://other.test/"})
		}
		s.take(r.step, r.with(url, "referrerPolicy", policy, "referrer", referrer))
	}
}

// lasting are the values of Cache-Control with which a response may be kept.
var lasting = []string{"max-age=600", "max-age=600", "max-age=1", "no-store", "no-cache", "max-age=0, must-revalidate", "private, max-age=600", "public", ""}

// remembered adds a response that caches may keep, which becomes another one the second time.
func (s *story) remembered(url string) {
	headers := s.allow()
	if value := one(s.rand, lasting); value != "" {
		headers = append(headers, [2]string{"Cache-Control", value})
	}
	if s.rand.IntN(3) == 0 {
		headers = append(headers, [2]string{"Vary", one(s.rand, []string{"Origin", "X-A", "*"})})
	}
	if s.rand.IntN(3) == 0 {
		headers = append(headers, [2]string{"ETag", `"v1"`})
		again := s.serve(url, "text/plain", "", headers...)
		again.Status, again.When["headers"] = 304, map[string]any{"if-none-match": `"v1"`}
	}
	s.serve(url, "text/plain", "first", headers...).Times = 1
	s.serve(url, "text/plain", "later", headers...)
}

// cacheModeStory asks for one URL several times with cache modes.
func cacheModeStory(s *story) {
	url := one(s.rand, servers) + "/" + s.Name + "/data"
	s.remembered(url)
	for range 2 + s.rand.IntN(3) {
		members := map[string]any{"url": url}
		if mode := one(s.rand, []string{"", "default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"}); mode != "" {
			members["cache"] = mode
		}
		if credentials := one(s.rand, []string{"", "", "include", "omit"}); credentials != "" {
			members["credentials"] = credentials
		}
		if members["cache"] == "only-if-cached" {
			members["mode"] = "same-origin"
		}
		s.take("fetch", members)
	}
}

// pagesStory asks for one URL from two or three documents.
func pagesStory(s *story) {
	url := one(s.rand, servers) + "/" + s.Name + "/shared"
	method := one(s.rand, []string{"GET", "GET", "PUT", "DELETE"})
	if method != "GET" {
		s.Server = append(s.Server, rule{When: map[string]any{"method": "OPTIONS", "url": url}, Status: 204, Headers: append(s.allow(),
			[2]string{"Access-Control-Allow-Methods", method}, [2]string{"Access-Control-Max-Age", one(s.rand, []string{"600", "0"})})})
	}
	s.remembered(url)
	for i := range 2 + s.rand.IntN(2) {
		if i > 0 {
			s.here = one(s.rand, pages)
			s.Steps = append(s.Steps, map[string]any{"page": s.here})
		}
		s.take("fetch", map[string]any{"url": url, "method": method})
	}
}

// workerStory calls fetch() in the document's worker.
func workerStory(s *story) {
	if s.rand.IntN(3) == 0 {
		s.PageHeaders = [][2]string{{"Content-Security-Policy", "connect-src " + one(s.rand, sources)}}
	}
	for range 1 + s.rand.IntN(3) {
		e, members := s.asked()
		if e.credentials {
			members["credentials"] = "include"
		}
		members["url"] = s.endpoint(e)
		(*s.take("fetch", members))["worker"] = true
	}
}

// preloadStory loads something ahead, and then what uses it.
func preloadStory(s *story) {
	words := []string{"", "anonymous", "use-credentials"}
	kind := one(s.rand, []struct {
		as   string
		used resource
	}{{"fetch", resources[0]}, {"fetch", resources[1]}, {"image", resources[6]}, {"script", resources[8]}, {"style", resources[10]}})
	url := one(s.rand, servers) + "/" + s.Name + "/asset"
	headers := s.allow()
	if value := one(s.rand, lasting); value != "" {
		headers = append(headers, [2]string{"Cache-Control", value})
	}
	s.serve(url, kind.used.kind, kind.used.body, headers...)
	link := resource{members: map[string]any{"tag": "link-preload", "as": kind.as}}
	s.take("element", link.with(url, "crossorigin", one(s.rand, words)))
	word := "crossorigin"
	if kind.used.step == "fetch" {
		word, words = "credentials", []string{"", "include", "omit"}
	}
	s.take(kind.used.step, kind.used.with(url, word, one(s.rand, words)))
}

// canvasStory reads the pixels of images.
func canvasStory(s *story) {
	for range 1 + s.rand.IntN(3) {
		path := fmt.Sprintf("/%s/i%d", s.Name, len(s.Server))
		url := one(s.rand, servers) + path
		body := one(s.rand, [][2]string{{"image/gif", gif}, bodies["img"]})
		s.serve(url, body[0], body[1], s.allow()...)
		if s.rand.IntN(3) == 0 {
			from := one(s.rand, servers) + path + "-from"
			s.serve(from, "text/plain", "", append(s.allow(), [2]string{"Location", url})...).Status = one(s.rand, moved)
			url = from
		}
		image := resource{members: map[string]any{"tag": "img", "canvas": true}}
		s.take("element", image.with(url, "crossorigin", one(s.rand, []string{"", "anonymous", "use-credentials"})))
	}
}

// styleStory loads images of style sheets.
func styleStory(s *story) {
	for range 1 + s.rand.IntN(2) {
		url := fmt.Sprintf("%s/%s/i%d", one(s.rand, servers), s.Name, len(s.Server))
		s.serve(url, "image/gif", gif, s.allow()...).Status = one(s.rand, []int{200, 200, 404})
		s.take("element", map[string]any{"tag": "css-image", "url": url, "property": one(s.rand, []string{"background-image", "border-image-source", "list-style-image", "mask-image", "shape-outside"})})
	}
}

// formStory sends forms into frames.
func formStory(s *story) {
	for range 1 + s.rand.IntN(2) {
		url := fmt.Sprintf("%s/%s/f%d", one(s.rand, append([]string{"http://api.test"}, servers...)), s.Name, len(s.Server))
		s.serve(url, "text/html", html+"done")
		s.serve(url+"?a=1", "text/html", html+"done")
		s.take("form", map[string]any{
			"url": url, "method": one(s.rand, []string{"GET", "POST", "POST", "PUT", "post"}), "fields": [][2]string{{"a", "1"}},
			"enctype": one(s.rand, []string{"application/x-www-form-urlencoded", "text/plain", "multipart/form-data", "application/json"}),
		})
	}
	if s.rand.IntN(3) == 0 {
		s.PageHeaders = [][2]string{{"Content-Security-Policy", "form-action " + one(s.rand, sources)}}
	}
}

// frameStory has a frame whose script says what it can do.
func frameStory(s *story) {
	frame := one(s.rand, []string{s.origin(), "https://api.test", "https://other.test", "https://www.myapp.test"}) + "/" + s.Name + "/frame"
	data := one(s.rand, servers) + "/" + s.Name + "/data"
	init := one(s.rand, []string{"{}", "{credentials:'include'}", "{mode:'no-cors'}", "{mode:'same-origin'}", "{headers:{'X-A':'1'}}", "{referrerPolicy:'unsafe-url'}"})
	script := one(s.rand, []string{
		"parent.postMessage('here '+self.origin,'*')", "parent.postMessage(self.origin+' '+document.referrer,'*')",
		"fetch('" + data + "'," + init + ").then(async r=>r.type+' '+r.status+' '+await r.text(),e=>e.name).then(t=>parent.postMessage(self.origin+' '+t,'*'))",
	})
	origin := one(s.rand, []string{"*", "null", strings.Join(strings.SplitN(frame, "/", 4)[:3], "/"), s.origin()})
	var headers [][2]string
	if s.rand.IntN(4) == 0 {
		headers = append(headers, one(s.rand, [][2]string{{"X-Frame-Options", "DENY"}, {"X-Frame-Options", "SAMEORIGIN"}, {"Content-Security-Policy", "frame-ancestors 'self'"}, {"Content-Security-Policy", "connect-src 'self'"}, {"Cross-Origin-Resource-Policy", "same-origin"}}))
	}
	s.serve(frame, "text/html; charset=utf-8", html+"<script>"+script+"</script>", headers...)
	s.Server = append(s.Server, rule{When: map[string]any{"method": "OPTIONS", "url": data}, Status: 204, Headers: [][2]string{{"Access-Control-Allow-Origin", origin}, {"Access-Control-Allow-Headers", "x-a"}}})
	s.serve(data, "text/plain", "ok", [2]string{"Access-Control-Allow-Origin", origin})
	step := resource{members: map[string]any{"tag": "iframe", "message": true}}
	s.take("element", step.with(frame, "sandbox", one(s.rand, []string{"", "", "allow-scripts", "allow-scripts allow-same-origin", "allow-same-origin"}),
		"referrerPolicy", one(s.rand, []string{"", "", "no-referrer", "origin", "unsafe-url"})))
	if s.rand.IntN(3) == 0 {
		s.PageHeaders = [][2]string{{"Content-Security-Policy", "frame-src 'self' " + one(s.rand, sources)}}
	}
}

// keepaliveStory makes calls that outlive their document.
func keepaliveStory(s *story) {
	for range 1 + s.rand.IntN(2) {
		e, members := s.asked()
		if e.credentials {
			members["credentials"] = "include"
		}
		members["url"], members["keepalive"] = s.endpoint(e), true
		s.take("fetch", members)
	}
}

// bodyTypeStory sends bodies of different kinds.
func bodyTypeStory(s *story) {
	kind := one(s.rand, []string{"string", "blob", "blob", "urlsearchparams", "formdata", "arraybuffer"})
	step := one(s.rand, []string{"fetch", "fetch", "xhr", "beacon"})
	e := endpoint{method: one(s.rand, []string{"POST", "PUT"}), preflight: true, headers: [][2]string{{"Content-Type", one(s.rand, contentTypes)}}}
	members := map[string]any{"body": one(s.rand, []string{"a=1&b=2", "", "é=ü"}), "bodyType": kind}
	if kind == "blob" {
		members["blobType"] = one(s.rand, append([]string{""}, contentTypes...))
	}
	if step != "beacon" {
		members["method"] = e.method
		if s.rand.IntN(2) == 0 {
			members["headers"] = e.headers
		}
	}
	members["url"] = s.endpoint(e)
	s.take(step, members)
}

// xhrTypeStory reads responses as different types, and waits for them at times.
func xhrTypeStory(s *story) {
	answer := one(s.rand, [][2]string{{"application/json", `{"a": 1}`}, {"application/json", "{"}, {"text/xml", "<a/>"}, {"text/xml", "<a>"}, {"text/plain", "ok"}, {"text/plain", ""}})
	url := one(s.rand, servers) + "/" + s.Name + "/x"
	s.serve(url, answer[0], answer[1], s.allow()...).Status = one(s.rand, []int{200, 200, 404, 500})
	members := map[string]any{"url": url}
	if s.rand.IntN(3) == 0 {
		members["sync"] = true
	} else {
		members["responseType"] = one(s.rand, []string{"", "text", "json", "document", "arraybuffer", "blob", "x"})
	}
	if s.rand.IntN(3) == 0 {
		members["withCredentials"] = true
	}
	s.take("xhr", members)
}

// webSocketStory opens sockets.
func webSocketStory(s *story) {
	for range 1 + s.rand.IntN(2) {
		url := fmt.Sprintf("%s/%s/ws%d", one(s.rand, []string{"wss://api.test", "wss://cdn.test:8443", "ws://api.test", "ws://localhost:8080"}), s.Name, len(s.Server))
		offered := one(s.rand, [][]string{nil, {"chat"}, {"a", "b"}, {"a", "a"}, {"a b"}})
		headers := [][2]string{}
		if chosen := one(s.rand, []string{"", "", "chat", "a", "x"}); chosen != "" {
			headers = append(headers, [2]string{"Sec-WebSocket-Protocol", chosen})
		}
		s.Server = append(s.Server, rule{When: map[string]any{"url": url}, Status: one(s.rand, []int{101, 101, 101, 200, 403, 302}), Headers: headers})
		members := map[string]any{"url": url}
		if offered != nil {
			members["protocols"] = offered
		}
		s.take("websocket", members)
	}
	if s.rand.IntN(2) == 0 {
		s.PageHeaders = [][2]string{{"Content-Security-Policy", one(s.rand, []string{"connect-src " + one(s.rand, sources), "upgrade-insecure-requests"})}}
	}
}

// trackPolicies are headers of documents that decide about text tracks, or nearly so.
var trackPolicies = [][2]string{
	{"Content-Security-Policy", "media-src"}, {"Content-Security-Policy", "media-src"}, {"Content-Security-Policy-Report-Only", "media-src"},
	{"Content-Security-Policy", "script-src 'self' 'unsafe-inline'; connect-src 'self'; frame-src 'self'; default-src"}, {"Content-Security-Policy", "img-src"},
}

// trackStory loads text tracks, one of them twice at times.
func trackStory(s *story) {
	s.ReferrerPolicy = one(s.rand, append([]string{"", "", "", "", ""}, referrerPolicies...))
	switch s.rand.IntN(6) {
	case 0, 1:
		policy := one(s.rand, trackPolicies)
		s.PageHeaders = [][2]string{{policy[0], policy[1] + " " + one(s.rand, sources)}}
		if s.rand.IntN(3) == 0 && strings.HasPrefix(s.Page, "https:") {
			s.PageHeaders[0][1] += "; upgrade-insecure-requests"
		}
	case 2:
		s.PageHeaders = [][2]string{{"Cross-Origin-Embedder-Policy", one(s.rand, []string{"require-corp", "credentialless"})}}
	}
	if s.rand.IntN(3) == 0 {
		s.Cookies = []map[string]string{{"url": "https://api.test/", "set": "a=1; Path=/; SameSite=None; Secure"}}
	}
	s.Sandboxed = s.rand.IntN(10) == 0
	for range 1 + s.rand.IntN(3) {
		s.addTrack()
		if s.rand.IntN(4) == 0 {
			s.Steps = append(s.Steps, s.Steps[len(s.Steps)-1])
		}
	}
}

// addTrack adds a text track with its response, over a redirect at times.
func (s *story) addTrack() {
	path := fmt.Sprintf("/%s/t%d", s.Name, len(s.Server))
	anywhere := append([]string{"http://api.test", s.origin(), s.origin(), s.origin(), "https://api.test"}, servers...)
	url := one(s.rand, anywhere) + path
	body := one(s.rand, []string{"WEBVTT\n\n00:00.000 --> 00:01.000\nx\n", "WEBVTT\n", "WEBVTT", "WEBVTT x\n\n", "\u00ef\u00bb\u00bfWEBVTT\n", "WEBVTTx\n", "1\n00:00:00,000 --> 00:00:01,000\nx\n", "", "<!doctype html>"})
	kind := one(s.rand, []string{"text/vtt", "text/vtt", "text/vtt; charset=utf-8", "text/plain", "text/html", "application/octet-stream", ""})
	answer := s.serve(url, kind, body, s.allow()...)
	answer.Status = one(s.rand, []int{200, 200, 200, 200, 206, 404, 500, 204})
	if kind == "" {
		answer.set("Content-Type", absent)
	}
	answer.set("Cross-Origin-Resource-Policy", one(s.rand, []string{absent, absent, absent, "same-origin", "same-site", "cross-origin"}))
	answer.set("X-Content-Type-Options", one(s.rand, []string{absent, absent, "nosniff"}))
	answer.set("Cache-Control", one(s.rand, []string{absent, absent, "max-age=600", "no-store"}))
	if s.rand.IntN(4) == 0 {
		from := one(s.rand, anywhere) + path + "-from"
		redirect := s.serve(from, "text/plain", "", append(s.allow(), [2]string{"Location", url})...)
		redirect.Status = one(s.rand, moved)
		url = from
	}
	track := resource{members: map[string]any{"tag": "track"}}
	s.take("element", track.with(url, "crossorigin", one(s.rand, []string{"", "", "anonymous", "anonymous", "use-credentials"})))
}

// timeoutStory sends an XMLHttpRequest that does not wait for ever: for preflights, redirects or the response.
func timeoutStory(s *story) {
	e, members := s.asked()
	if e.credentials {
		members["withCredentials"] = true
	}
	members["url"], members["timeout"] = s.endpoint(e), one(s.rand, []int{1500, 1500, 2000, 4500, 0})
	for range 1 + s.rand.IntN(2) {
		s.Server[s.rand.IntN(len(s.Server))].Delay = one(s.rand, []int{0, 300, 2800, 2800})
	}
	switch s.rand.IntN(6) {
	case 0:
		members["sync"] = true
	case 1:
		members["uploadListener"] = true
	}
	s.take("xhr", members)
	if s.rand.IntN(3) == 0 {
		s.Steps = append(s.Steps, s.Steps[0])
	}
}
