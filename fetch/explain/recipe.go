package explain

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

// Policy is what a server has to allow for a call, its present lists included.
type Policy struct {
	// Origin is the page's origin as it is sent, or "*" for every one.
	Origin string
	// Credentials reports whether the page sends and reads with credentials.
	Credentials bool
	// Methods and Headers are what a preflight has to be told; empty where none
	// is sent.
	Methods, Headers []string
}

// Server is a kind of server for whose configuration there is a text.
type Server uint8

// The servers.
const (
	ServerExpress Server = iota
	ServerNode
	ServerFlask
	ServerDjango
	ServerPHP
	ServerRails
	ServerASPNET
	ServerNginx
	ServerApache
)

// String returns the server's name, such as "Express (cors)".
func (s Server) String() string { return recipes[s].name }

// Word returns the server's short word, such as "express".
func (s Server) Word() string { return recipes[s].word }

// Servers returns all servers in order.
func Servers() []Server {
	out := make([]Server, len(recipes))
	for i := range out {
		out[i] = Server(i)
	}
	return out
}

// ParseServer returns the server of a short word, such as "express" or "nginx".
func ParseServer(word string) (s Server, ok bool) {
	i := slices.IndexFunc(recipes[:], func(r recipe) bool { return strings.EqualFold(r.word, word) })
	return Server(max(i, 0)), i >= 0
}

// Recipe returns a text for a server's configuration that makes the repair, with
// Vary where the answer depends on who asks. It says the whole of what the call
// needs, since configurations are written whole; ok is false for a repair that
// is not about CORS.
func (r *Repair) Recipe(s Server) (text string, ok bool) {
	if r.Policy.Origin == "" || !slices.ContainsFunc(r.Changes, isAboutCORS) {
		return "", false
	}
	return recipes[s].write(r.Policy), true
}

// isAboutCORS reports whether a change is one that CORS support would make.
func isAboutCORS(c server.Change) bool {
	return strings.HasPrefix(c.Header, "Access-Control-") || c.Op == server.OpStatus && c.Target.Preflight
}

// policyOf reads what a repaired run needs off its answers.
func policyOf(r *browser.Result) Policy {
	var p Policy
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		if x.Response == nil {
			continue
		}
		if value, ok := x.Response.Header.Get(fetch.HeaderAllowOrigin); ok {
			p.Origin = value
		}
		if x.Kind == browser.ExchangePreflight {
			p.Methods = union([]string{"GET", "HEAD", "POST"}, tokens(x.Response.Header, fetch.HeaderAllowMethods))
			p.Headers = tokens(x.Response.Header, fetch.HeaderAllowHeaders)
		}
	}
	p.Credentials = r.Request != nil && r.Request.Credentials == fetch.CredentialsInclude
	if isAsterisk := func(s string) bool { return s == "*" }; p.Credentials {
		// It would only be a name.
		p.Methods, p.Headers = slices.DeleteFunc(p.Methods, isAsterisk), slices.DeleteFunc(p.Headers, isAsterisk)
	}
	return p
}

func tokens(l fetch.HeaderList, name string) []string {
	items, _ := l.GetDecodeSplit(name)
	return slices.DeleteFunc(items, func(s string) bool { return s == "" })
}

func union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}

// recipe is a text for one kind of server. A line begins with the conditions
// under which it stands and a bar: c with credentials, l for a listed origin, a
// for any origin, m for methods, s for a simple request without, h for headers. {origin}, {methods} and
// {headers} stand for what the policy has.
type recipe struct {
	word, name string
	text       string
	// item and separator make a list.
	item, separator string
	lowerMethods    bool
}

func (r recipe) write(p Policy) string {
	methods := slices.Clone(p.Methods)
	if r.lowerMethods {
		for i := range methods {
			methods[i] = strings.ToLower(methods[i])
		}
	}
	replace := strings.NewReplacer(
		"{origin}", p.Origin, "{origin-regexp}", regexpLiteral.Replace(p.Origin),
		"{methods}", r.list(methods), "{headers}", r.list(p.Headers),
	)
	holds := map[rune]bool{
		'c': p.Credentials, 'l': p.Origin != "*", 'a': p.Origin == "*", 'm': len(p.Methods) > 0, 's': len(p.Methods) == 0, 'h': len(p.Headers) > 0,
	}
	var out strings.Builder
	for line := range strings.Lines(strings.TrimPrefix(r.text, "\n")) {
		conditions, rest, _ := strings.Cut(line, "|")
		if !strings.ContainsFunc(conditions, func(c rune) bool { return !holds[c] }) {
			out.WriteString(replace.Replace(rest))
		}
	}
	return out.String()
}

// regexpLiteral escapes what an origin may have in it.
var regexpLiteral = strings.NewReplacer(".", `\.`, "[", `\[`, "]", `\]`, "*", `\*`)

// list writes a list as the server's language does.
func (r recipe) list(items []string) string {
	quoted := make([]string, len(items))
	for i, item := range items {
		if r.item == "'_'" {
			item = strings.ReplaceAll(item, "'", `\'`)
		}
		quoted[i] = strings.Replace(r.item, "_", item, 1)
	}
	return strings.Join(quoted, r.separator)
}
