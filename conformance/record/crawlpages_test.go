//go:build crawl

package record

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// crawledPage is a page of the crawl: its URL and the responses of all servers.
type crawledPage struct {
	url   string
	rules server.Script
	rand  *rand.Rand
	head  []string // of the document
	calls []string // of its script
	count int      // of URLs
}

var (
	crawledSites   = []string{"https://shop.test", "https://news.example", "http://localhost:3000", "http://blog.test", "https://www.firm.test"}
	crawledServers = []string{"https://api.test", "https://cdn.test", "https://fonts.test:8443", "https://static.firm.test", "https://login.shop.test"}
	// crawledKinds are what pages do. Each page does some of them.
	crawledKinds = []func(*crawledPage){
		(*crawledPage).stylesheet, (*crawledPage).font, (*crawledPage).module, (*crawledPage).script, (*crawledPage).image,
		(*crawledPage).read, (*crawledPage).read, (*crawledPage).readAsUser, (*crawledPage).write, (*crawledPage).write, (*crawledPage).xhr,
		(*crawledPage).moved, (*crawledPage).events, (*crawledPage).opaque, (*crawledPage).mixed, (*crawledPage).dead, (*crawledPage).preload,
		(*crawledPage).beacon, (*crawledPage).movedWrite, (*crawledPage).local,
	}
)

// crawledPages returns the pages of a crawl. The same seed gives the same pages.
func crawledPages(seed uint64, n int) []*crawledPage {
	var out []*crawledPage
	for i := range n {
		p := &crawledPage{rand: rand.New(rand.NewPCG(seed, uint64(i)))}
		p.url = fmt.Sprintf("%s/page%d", crawledSites[i%len(crawledSites)], i)
		for range 4 + p.rand.IntN(5) {
			crawledKinds[p.rand.IntN(len(crawledKinds))](p)
		}
		body := "<!doctype html><meta charset=utf-8><link rel=icon href=data:,>" + strings.Join(p.head, "\n") +
			"<body><p>page</p><script>\nconst quiet = () => {};\n" + strings.Join(p.calls, "\n") + "\n</script>"
		p.answer("", p.url, 200, body, "Content-Type", "text/html; charset=utf-8", "Set-Cookie", "seen=1; Path=/")
		out = append(out, p)
	}
	return out
}

func (p *crawledPage) origin() string { return strings.Join(strings.SplitN(p.url, "/", 4)[:3], "/") }

func (p *crawledPage) one(words ...string) string { return words[p.rand.IntN(len(words))] }

// target returns a new URL of another server.
func (p *crawledPage) target(suffix string) string {
	p.count++
	return fmt.Sprintf("%s/%s/r%d%s", p.one(crawledServers...), strings.TrimPrefix(p.url, p.origin()+"/"), p.count, suffix)
}

// answer adds a rule; headers are names and values. Headers without a value are left out.
func (p *crawledPage) answer(method, url string, status int, body string, headers ...string) {
	r := server.Rule{When: server.When{Method: method, URL: url}, Status: status, Body: body}
	for i := 0; i < len(headers); i += 2 {
		if headers[i+1] != "" {
			r.Header = append(r.Header, fetch.Header{Name: headers[i], Value: headers[i+1]})
		}
	}
	p.rules = append(p.rules, r)
}

// allow returns Access-Control-Allow-Origin as servers send it, right and wrong.
func (p *crawledPage) allow() string {
	o := p.origin()
	return p.one(o, o, "*", "*", "", "", "https://other.test", "null", o+"/", o+", "+o, "true")
}

func (p *crawledPage) stylesheet() {
	url := p.target(".css")
	p.answer("", url, 200, "p{color:red}", "Content-Type", "text/css", "Access-Control-Allow-Origin", p.allow())
	p.head = append(p.head, `<link rel="stylesheet" href="`+url+`"`+p.one("", ` crossorigin`)+`>`)
}

func (p *crawledPage) font() {
	url, name := p.target(".woff2"), fmt.Sprint("f", p.count)
	p.answer("", url, 200, "no font", "Content-Type", "font/woff2", "Access-Control-Allow-Origin", p.allow())
	p.head = append(p.head, `<style>@font-face{font-family:`+name+`;src:url(`+url+`)}</style>`)
	p.calls = append(p.calls, `document.fonts.load("1em `+name+`").catch(quiet);`)
}

func (p *crawledPage) module() {
	url := p.target(".mjs")
	p.answer("", url, 200, "export default 1;", "Content-Type", "text/javascript", "Access-Control-Allow-Origin", p.allow())
	p.head = append(p.head, `<script type="module" src="`+url+`"></script>`)
}

func (p *crawledPage) script() {
	url := p.target(".js")
	p.answer("", url, 200, "var a = 1;", "Content-Type", "text/javascript", "Access-Control-Allow-Origin", p.allow())
	p.head = append(p.head, `<script src="`+url+`"`+p.one("", ` crossorigin="anonymous"`)+`></script>`)
}

func (p *crawledPage) image() {
	url := p.target(".svg")
	p.answer("", url, 200, `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`, "Content-Type", "image/svg+xml", "Access-Control-Allow-Origin", p.allow(),
		"Cross-Origin-Resource-Policy", p.one("", "", "same-origin", "cross-origin"))
	p.head = append(p.head, `<img src="`+url+`"`+p.one("", ` crossorigin="anonymous"`, ` crossorigin="use-credentials"`)+`>`)
}

func (p *crawledPage) read() {
	url := p.target("")
	p.answer("", url, []int{200, 200, 404, 500}[p.rand.IntN(4)], "ok", "Content-Type", "application/json", "Access-Control-Allow-Origin", p.allow())
	p.calls = append(p.calls, `fetch("`+url+`").catch(quiet);`)
}

func (p *crawledPage) readAsUser() {
	url := p.target("")
	p.answer("", url, 200, "ok", "Content-Type", "application/json", "Access-Control-Allow-Origin", p.allow(), "Access-Control-Allow-Credentials", p.one("true", "true", "", "True"))
	p.calls = append(p.calls, `fetch("`+url+`", {credentials: "include"}).catch(quiet);`)
}

// preflight answers a preflight, rightly or not.
func (p *crawledPage) preflight(url string) {
	p.answer("OPTIONS", url, []int{204, 204, 200, 404, 401}[p.rand.IntN(5)], "", "Access-Control-Allow-Origin", p.one(p.origin(), "*", "*", ""),
		"Access-Control-Allow-Methods", p.one("PUT, DELETE", "PUT, DELETE", "*", "", "put"), "Access-Control-Allow-Headers", p.one("content-type", "content-type, x-app", "*", ""))
}

func (p *crawledPage) write() {
	url := p.target("")
	p.preflight(url)
	p.answer("", url, 200, "ok", "Access-Control-Allow-Origin", p.allow())
	p.calls = append(p.calls, `fetch("`+url+`", {method: "`+p.one("PUT", "DELETE", "POST")+`", headers: {"Content-Type": "application/json"}, body: "{}"}).catch(quiet);`)
}

func (p *crawledPage) xhr() {
	url := p.target("")
	p.preflight(url)
	p.answer("", url, 200, "ok", "Access-Control-Allow-Origin", p.allow())
	p.calls = append(p.calls, `{ const x = new XMLHttpRequest(); x.open("`+p.one("GET", "PUT")+`", "`+url+`"); `+p.one("", `x.setRequestHeader("X-App", "1"); `)+`x.send(); }`)
}

func (p *crawledPage) moved() {
	from, url := p.target(""), p.target("-moved")
	p.answer("", from, []int{301, 302, 307}[p.rand.IntN(3)], "", "Location", url, "Access-Control-Allow-Origin", p.one(p.origin(), "*", "*", ""))
	p.answer("", url, 200, "ok", "Content-Type", "text/plain", "Access-Control-Allow-Origin", p.one(p.origin(), "*", "null", ""))
	p.calls = append(p.calls, `fetch("`+from+`").catch(quiet);`)
}

func (p *crawledPage) movedWrite() {
	url := p.target("")
	p.answer("OPTIONS", url, 204, "", "Access-Control-Allow-Origin", "*", "Access-Control-Allow-Methods", "PUT")
	p.answer("", url, 303, "", "Location", p.origin()+"/done", "Access-Control-Allow-Origin", p.one("*", ""))
	p.answer("", p.origin()+"/done", 200, "ok", "Content-Type", "text/plain", "Access-Control-Allow-Origin", p.one("null", "*", ""))
	p.calls = append(p.calls, `fetch("`+url+`", {method: "PUT"}).catch(quiet);`)
}

func (p *crawledPage) events() {
	url := p.target("")
	p.answer("", url, 200, "data: x\n\n", "Content-Type", "text/event-stream", "Access-Control-Allow-Origin", p.allow())
	p.calls = append(p.calls, `{ const e = new EventSource("`+url+`"); e.onerror = e.onmessage = () => e.close(); }`)
}

func (p *crawledPage) opaque() {
	url := p.target("")
	p.answer("", url, 200, "ok", "Content-Type", "text/plain", "Cross-Origin-Resource-Policy", p.one("", "same-origin", "same-site", "cross-origin"))
	p.calls = append(p.calls, `fetch("`+url+`", {mode: "no-cors"}).catch(quiet);`)
}

func (p *crawledPage) mixed() {
	url := strings.Replace(p.target(""), "https://api.test", "http://api.test", 1)
	p.answer("", url, 200, "ok", "Content-Type", "text/plain", "Access-Control-Allow-Origin", "*")
	p.calls = append(p.calls, `fetch("`+url+`").catch(quiet);`)
}

// dead asks a server that closes the connection.
func (p *crawledPage) dead() {
	p.calls = append(p.calls, `fetch("`+p.target("-dead")+`").catch(quiet);`)
}

func (p *crawledPage) preload() {
	url := p.target("")
	p.answer("", url, 200, "{}", "Content-Type", "application/json", "Access-Control-Allow-Origin", p.allow())
	p.head = append(p.head, `<link rel="preload" as="fetch" href="`+url+`" crossorigin>`)
}

func (p *crawledPage) beacon() {
	url := p.target("")
	p.preflight(url)
	p.answer("", url, 204, "", "Access-Control-Allow-Origin", p.origin(), "Access-Control-Allow-Credentials", "true")
	p.calls = append(p.calls, `navigator.sendBeacon("`+url+`", new Blob(["{}"], {type: "`+p.one("text/plain", "application/json")+`"}));`)
}

func (p *crawledPage) local() {
	url := p.origin() + "/local" + fmt.Sprint(p.count)
	p.answer("", url, 200, "ok", "Content-Type", "text/plain")
	p.calls = append(p.calls, `fetch("`+url+`").catch(quiet);`)
}
