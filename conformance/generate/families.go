package generate

import (
	"fmt"
	"slices"
	"strings"
)

// absent is the value of a header that is not sent.
const absent = "(absent)"

// family is scenarios about one subject.
type family struct {
	name  string
	build func(*story)
}

// families are all of them: those about one call first, then those about documents and about local networks.
var families = slices.Concat(callFamilies, documentFamilies, localNetworkFamilies)

var callFamilies = []family{
	{"acac", func(s *story) { s.vary("Access-Control-Allow-Credentials", answersAll, acacValues) }},
	{"acah", func(s *story) { s.varyPreflight("Access-Control-Allow-Headers", acahValues) }},
	{"acam", func(s *story) { s.varyPreflight("Access-Control-Allow-Methods", acamValues) }},
	{"acao", func(s *story) { s.vary("Access-Control-Allow-Origin", answersActual, acaoValues) }},
	{"acaopf", func(s *story) { s.varyPreflight("Access-Control-Allow-Origin", acaoValues) }},
	{"aceh", func(s *story) {
		s.vary("Access-Control-Expose-Headers", answersActual, []string{"X-Total", "x-total, x-other", "*", "", "X-Total,", "X Total", "\"X-Total\"", absent})
	}},
	{"cache", cacheStory},
	{"chain", chainStory},
	{"contenttype", func(s *story) { s.headerValue("Content-Type", contentTypes) }},
	{"element", elementStory},
	{"modes", modesStory},
	{"nopreflight", func(s *story) { s.headerValue(one(s.rand, safelisted), safelistedValues) }},
	{"pfstatus", func(s *story) {
		s.preflighted().Status = one(s.rand, []int{200, 201, 202, 204, 205, 206, 299, 300, 301, 304, 307, 400, 401, 403, 404, 405, 418, 500, 503})
	}},
}

// The values are those that people write, right and wrong.
var (
	acacValues   = []string{"true", "True", "TRUE", "1", "false", "true ", "true,true", "", absent}
	acaoValues   = []string{"{origin}", "{origin}/", "*", "null", "{host}", "{ORIGIN}", "{origin}, {origin}", "{origin}:443", "http://localhost", "", "{origin} ", absent}
	acahValues   = []string{"*", "content-type", "Content-Type, X-Trace-Id, Authorization, X-Requested-With, If-None-Match", "x-trace-id;content-type", "authorization,*", "Content-Type X-Trace-Id", "", absent}
	acamValues   = []string{"*", "GET", "PUT, DELETE, PATCH, QUERY", "put, delete, patch", "PUT,DELETE,PATCH,QUERY,", "PUT DELETE", "", absent}
	contentTypes = []string{"text/plain", "text/plain;charset=utf-8", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "TEXT/PLAIN", "text/plain, text/html", "text/", "", "text/plain;charset=\"utf-8"}
	// safelisted are names that need no preflight with most values.
	safelisted       = []string{"Accept", "Accept-Language", "Content-Language", "Range"}
	safelistedValues = []string{"de", "de, en;q=0.5", "text/html;v=\"1\"", "bytes=0-9", "bytes=-9", "bytes=5-", "a{b}", strings.Repeat("a", 128), strings.Repeat("a", 129)}
)

// Families returns the names of the families, in order.
func Families() []string {
	var out []string
	for _, f := range families {
		out = append(out, f.name)
	}
	return out
}

// Family returns the texts of n scenarios of a family. Their names begin with the family's name and the seed. The error
// for an unknown name lists the known ones.
func Family(name string, seed uint64, n int) ([]string, error) {
	i := slices.IndexFunc(families, func(f family) bool { return f.name == name })
	if i < 0 {
		return nil, fmt.Errorf("unknown family %q; known: %s", name, strings.Join(Families(), ", "))
	}
	return texts(name, seed, n, families[i].build), nil
}

// other is a server whose origin is none of a story's page.
func (s *story) other() string {
	for {
		if server := one(s.rand, servers); server != s.origin() {
			return server
		}
	}
}

// origin returns the origin of the page that is open.
func (s *story) origin() string { return strings.Join(strings.SplitN(s.here, "/", 4)[:3], "/") }

// fill replaces what stands for the page's origin in a value.
func (s *story) fill(value string) string {
	origin := s.origin()
	_, host, _ := strings.Cut(origin, "://")
	return strings.NewReplacer("{origin}", origin, "{ORIGIN}", strings.ToUpper(origin[:1])+origin[1:], "{host}", host).Replace(value)
}

// exchange adds a call of fetch() or XMLHttpRequest to another origin that allows it, and returns the responses.
func (s *story) exchange(e endpoint) []*rule {
	before := len(s.Server)
	url := s.other() + "/" + s.Name
	s.addRules(url, e, func(r *rule) {
		r.Status, r.Body = 200, "ok"
		r.Headers = append(r.Headers, [2]string{"Content-Type", "text/plain"}, [2]string{"X-Total", "1"}, [2]string{"X-Other", "2"})
	})
	members := map[string]any{"url": url, "method": e.method}
	if len(e.headers) > 0 {
		members["headers"] = e.headers
	}
	if slices.Contains(withBodies, e.method) {
		members["body"] = "a=1"
	}
	s.call(members, e.credentials)
	var out []*rule
	for i := range s.Server[before:] {
		out = append(out, &s.Server[before+i])
	}
	return out
}

// call adds a call of fetch() or of XMLHttpRequest with members that both have.
func (s *story) call(members map[string]any, credentials bool) {
	kind := one(s.rand, []string{"fetch", "fetch", "xhr"})
	switch {
	case credentials && kind == "xhr":
		members["withCredentials"] = true
	case credentials:
		members["credentials"] = "include"
	}
	s.Steps = append(s.Steps, map[string]any{kind: members})
}

// answersActual and answersAll choose the responses of an exchange in which a header varies.
func answersActual(rules []*rule) []*rule { return rules[len(rules)-1:] }
func answersAll(rules []*rule) []*rule    { return rules }

// vary gives a header of responses one of some values.
func (s *story) vary(name string, which func([]*rule) []*rule, values []string) {
	rules := s.exchange(endpoint{method: one(s.rand, methods), credentials: s.rand.IntN(2) == 0, preflight: true})
	value := s.fill(one(s.rand, values))
	for _, r := range which(rules) {
		r.set(name, value)
	}
}

// preflighted adds a call that needs a preflight, and returns the response to the preflight.
func (s *story) preflighted() *rule {
	e := endpoint{method: one(s.rand, []string{"PUT", "DELETE", "PATCH", "QUERY", "GET"}), credentials: s.rand.IntN(3) == 0, preflight: true}
	e.headers = append(e.headers, [2]string{"X-Trace-Id", "1"})
	if s.rand.IntN(2) == 0 {
		e.headers = append(e.headers, one(s.rand, headers))
	}
	return s.exchange(e)[0]
}

func (s *story) varyPreflight(name string, values []string) {
	s.preflighted().set(name, s.fill(one(s.rand, values)))
}

// headerValue sends a header with one of some values to a server that answers no preflight.
func (s *story) headerValue(name string, values []string) {
	s.exchange(endpoint{method: one(s.rand, []string{"GET", "POST"}), headers: [][2]string{{name, one(s.rand, values)}}})
}

// chainStory goes over one to five redirects, one of which may allow nobody.
func chainStory(s *story) {
	e := endpoint{method: one(s.rand, methods), credentials: s.rand.IntN(3) == 0, preflight: true}
	if s.rand.IntN(2) == 0 {
		e.headers = append(e.headers, one(s.rand, headers))
	}
	s.exchange(e)
	members := s.Steps[0]
	for _, kind := range []string{"fetch", "xhr"} {
		if call, ok := members[kind].(map[string]any); ok {
			call["url"] = s.chain(call["url"].(string), "/"+s.Name, e, 1+s.rand.IntN(5))
		}
	}
	if s.rand.IntN(2) == 0 {
		r := &s.Server[s.rand.IntN(len(s.Server))]
		r.set("Access-Control-Allow-Origin", one(s.rand, []string{absent, "*", "null"}))
	}
}

// cacheStory makes one call several times, with time between.
func cacheStory(s *story) {
	s.preflighted().set("Access-Control-Max-Age", one(s.rand, []string{"0", "1", "5", "10", "600", "-1", "x", "86401", absent}))
	for range 1 + s.rand.IntN(2) {
		s.Steps = append(s.Steps, map[string]any{"wait": one(s.rand, []int{1, 4, 6, 11})})
		s.Steps = append(s.Steps, s.Steps[0])
	}
}

// elementStory loads an element with a type and a resource policy.
func elementStory(s *story) {
	tag := one(s.rand, tags)
	url := s.other() + "/" + s.Name
	s.addRules(url, endpoint{kind: tag, method: "GET"}, func(r *rule) {
		r.Status, r.Body = one(s.rand, []int{200, 200, 404}), bodies[tag][1]
		r.set("Content-Type", one(s.rand, []string{bodies[tag][0], bodies[tag][0], "text/html", "application/json", absent}))
		r.set("Cross-Origin-Resource-Policy", one(s.rand, []string{absent, "same-origin", "same-site", "cross-origin", "x"}))
		r.set("X-Content-Type-Options", one(s.rand, []string{absent, "nosniff"}))
	})
	if s.rand.IntN(3) == 0 {
		s.Server[0].set("Access-Control-Allow-Origin", absent)
	}
	element := map[string]any{"tag": tag, "url": url}
	if word := one(s.rand, []string{"", "anonymous", "use-credentials"}); word != "" {
		element["crossorigin"] = word
	}
	s.Steps = append(s.Steps, map[string]any{"element": element})
}

// modesStory calls fetch() with a mode, a redirect mode and a credentials mode.
func modesStory(s *story) {
	e := endpoint{method: one(s.rand, []string{"GET", "POST", "PUT"}), preflight: true}
	url := s.endpoint(e)
	s.Steps = append(s.Steps, map[string]any{"fetch": map[string]any{
		"url": url, "method": e.method, "mode": one(s.rand, []string{"cors", "no-cors", "same-origin"}),
		"redirect": one(s.rand, []string{"follow", "error", "manual"}), "credentials": one(s.rand, []string{"omit", "same-origin", "include"}),
	}})
}
