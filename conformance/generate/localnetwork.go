package generate

import (
	"fmt"
	"strings"
)

// localNetworkFamilies are about servers on the user's network and on the user's machine.
var localNetworkFamilies = []family{
	{"lnafetch", func(s *story) { s.located(localCall) }},
	{"lnaframe", func(s *story) { s.located(localFrame) }},
	{"lnaload", func(s *story) { s.located(localLoad) }},
	{"lnapages", func(s *story) { s.located(localPages) }},
	{"lnaredirect", func(s *story) { s.located(localRedirect) }},
	{"lnasocket", func(s *story) { s.located(localSocket) }},
	{"lnaworker", func(s *story) { s.located(localWorker) }},
}

// places are hosts and their address spaces; "" for an address, which says so itself.
var places = [][2]string{
	{"myapp.test", "public"}, {"api.test", "public"}, {"other.test", "public"}, {"203.0.113.10", ""}, {"198.51.100.10", ""},
	{"nas.local", "local"}, {"router.local", "local"}, {"api.intranet.test", "local"}, {"192.168.7.10", ""}, {"10.7.0.10", ""},
	{"agent.test", "loopback"}, {"localhost", "loopback"}, {"app.localhost", "loopback"}, {"127.0.0.1", ""}, {"[::1]", ""},
}

// located opens a document somewhere, gives the user's answers, and lets build take the steps.
func (s *story) located(build func(*story)) {
	s.AddressSpaces = make(map[string]string)
	s.here = s.place() + "/"
	s.Page = s.here
	answers := []string{"granted", "granted", "denied"}
	s.Permissions = map[string]string{"local-network": one(s.rand, answers), "loopback-network": one(s.rand, answers)}
	if s.rand.IntN(5) == 0 {
		s.PageHeaders = [][2]string{one(s.rand, [][2]string{
			{"Content-Security-Policy", "upgrade-insecure-requests"}, {"Content-Security-Policy", "treat-as-public-address"},
			{"Permissions-Policy", "local-network=(), loopback-network=()"}, {"Permissions-Policy", "local-network-access=()"}, {"Permissions-Policy", "loopback-network=(self)"},
		})}
	}
	build(s)
}

// place returns a server somewhere, and says where it is. No port speaks both http and https.
func (s *story) place() string {
	p := one(s.rand, places)
	if p[1] != "" {
		s.AddressSpaces[p[0]] = p[1]
	}
	return fmt.Sprintf(one(s.rand, []string{"https://%s", "https://%s", "https://%s:8443", "http://%s"}), p[0])
}

// spaces are what script says of a server.
var spaces = []string{"", "", "", "local", "loopback", "public", "private", "unknown"}

// answers adds a response of a server somewhere, and returns its URL.
func (s *story) answers(r *resource) string {
	url := fmt.Sprintf("%s/%s/r%d", s.place(), s.Name, len(s.Server))
	s.Server = append(s.Server, rule{When: map[string]any{"method": "OPTIONS", "url": url}, Status: 204, Headers: append(s.allow(),
		[2]string{"Access-Control-Allow-Methods", "PUT"}, [2]string{"Access-Control-Allow-Headers", "x-a"})})
	s.serve(url, r.kind, r.body, s.allow()...)
	return url
}

// localInit returns options of fetch().
func (s *story) localInit() map[string]any {
	out := map[string]any{"method": one(s.rand, []string{"GET", "GET", "PUT"})}
	if space := one(s.rand, spaces); space != "" {
		out["targetAddressSpace"] = space
	}
	switch s.rand.IntN(5) {
	case 0:
		out["mode"], out["method"] = "no-cors", "GET"
	case 1:
		out["credentials"] = "include"
	case 2:
		out["headers"] = [][2]string{{"x-a", "1"}}
	}
	return out
}

func localCall(s *story) {
	for range 1 + s.rand.IntN(3) {
		r := call("fetch", s.localInit())
		s.take("fetch", r.with(s.answers(&r)))
	}
}

func localWorker(s *story) {
	for range 1 + s.rand.IntN(2) {
		r := call("fetch", s.localInit())
		(*s.take("fetch", r.with(s.answers(&r))))["worker"] = true
	}
}

func localLoad(s *story) {
	for range 1 + s.rand.IntN(3) {
		r := one(s.rand, resources)
		s.take(r.step, r.with(s.answers(&r)))
	}
}

func localPages(s *story) {
	localCall(s)
	s.here = s.place() + "/"
	s.Steps = append(s.Steps, map[string]any{"page": s.here})
	localCall(s)
}

// localRedirect goes over one or two redirects.
func localRedirect(s *story) {
	r := call("fetch", s.localInit())
	url := s.answers(&r)
	for range 1 + s.rand.IntN(2) {
		from := fmt.Sprintf("%s/%s/r%d-from", s.place(), s.Name, len(s.Server))
		s.Server = append(s.Server, rule{When: map[string]any{"method": "OPTIONS", "url": from}, Status: 204, Headers: append(s.allow(),
			[2]string{"Access-Control-Allow-Methods", "PUT"}, [2]string{"Access-Control-Allow-Headers", "x-a"})})
		s.serve(from, "text/plain", "", append(s.allow(), [2]string{"Location", url})...).Status = one(s.rand, moved)
		url = from
	}
	s.take("fetch", r.with(url))
}

func localSocket(s *story) {
	for range 1 + s.rand.IntN(2) {
		url := fmt.Sprintf("ws%s/%s/ws%d", strings.TrimPrefix(s.place(), "http"), s.Name, len(s.Server))
		s.Server = append(s.Server, rule{When: map[string]any{"url": url}, Status: one(s.rand, []int{101, 101, 403}), Headers: [][2]string{}})
		s.take("websocket", map[string]any{"url": url})
	}
}

// localFrame has a frame whose script calls a server.
func localFrame(s *story) {
	r := call("fetch", nil)
	data := s.answers(&r)
	frame := fmt.Sprintf("%s/%s/frame", one(s.rand, []string{s.origin(), s.place()}), s.Name)
	s.serve(frame, "text/html", html+"<script>fetch('"+data+"').then(async r=>r.type+' '+r.status,e=>e.name).then(t=>parent.postMessage(t,'*'))</script>")
	step := resource{members: map[string]any{"tag": "iframe", "message": true}}
	s.take("element", step.with(frame, "allow", one(s.rand, []string{"", "", "local-network; loopback-network", "local-network-access", "local-network *", "loopback-network 'none'"})))
}
