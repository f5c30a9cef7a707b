package nodejs

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch/server"
)

var (
	errNoServer  = errors.New("no server")
	wholeProgram = regexp.MustCompile(`\bexpress\(\)|\bcreateServer\s*\(|\(\s*['"]express['"]\s*\)\s*\(`)
	usesApp      = regexp.MustCompile(`\bapp\s*\.\s*\w+\s*\(`)
)

var notDefined = regexp.MustCompile(`ReferenceError: (\w+) is not defined`)

// suppliable are the names that a fragment may use without making them.
var suppliable = []string{"app", "express", "cors", "router", "server", "http", "helmet", "path", "dotenv", "morgan", "bodyParser", "fs", "cookieParser"}

// bodyHead is before a text that is the body of a middleware.
const bodyHead = "app.use((req, res, next) => { "

// complete supplies what a fragment lacks, and reports whether that may help.
func (p *program) complete(err error) bool {
	if errors.Is(err, errNoServer) && !slices.Contains(p.fragment, "app") && usesApp.MatchString(p.text) {
		p.fragment = append(p.fragment, "app")
		return true
	}
	m := notDefined.FindStringSubmatch(err.Error())
	if m == nil {
		return p.split(err)
	}
	name := m[1]
	if wholeProgram.MatchString(p.text) {
		return p.split(err)
	}
	switch {
	case slices.Contains(suppliable, name) && !slices.Contains(p.fragment, name):
		p.fragment = append(p.fragment, name)
		return true
	case slices.Contains([]string{"res", "req", "next"}, name) && !slices.Contains(p.fragment, "res"):
		p.fragment = append(p.fragment, "res")
		p.body, p.text = p.text, bodyHead+p.text+"\nnext(); });"
		p.reset()
		return true
	}
	return p.split(err)
}

// reset forgets what was prepared of the program's own text.
func (p *program) reset() { delete(p.prepared, p.name) }

var partHead = regexp.MustCompile(`(?m)^\s*(?://|#)\s*([\w./-]*\.env(?:\.\w+)?|[\w./-]+\.(?:js|ts|mjs|cjs|json|jsx|tsx))\s*:?\s*$`)

// split takes a text apart that prints several files one after the other, each
// under a comment with its name.
func (p *program) split(error) bool {
	heads := partHead.FindAllStringSubmatchIndex(p.text, -1)
	if len(heads) == 0 || p.parts {
		return false
	}
	p.parts = true
	env := make(map[string]string)
	for i, h := range heads {
		name, end := p.text[h[2]:h[3]], len(p.text)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		part := p.text[h[1]:end]
		if strings.Contains(name, ".env") {
			for k, v := range parseDotenv(part) {
				env[k] = v
			}
			p.text = p.text[:h[1]] + blank(part) + p.text[end:]
		}
	}
	if len(env) == 0 {
		return false
	}
	for k, v := range p.env {
		env[k] = v
	}
	p.env = env
	p.reset()
	return true
}

// blank returns a text of spaces and line ends as long as another.
func blank(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return ' '
	}, s)
}

// supply sets what a fragment lacks.
func (m *machine) supply() {
	for _, name := range m.program.fragment {
		switch name {
		case "app":
			m.hidden("app", m.newApp(m.express()).object)
		case "router":
			a := m.newApp(m.express())
			r := m.newRouter(m.express(), goja.Undefined())
			m.hidden("router", r.object)
			m.callMethod(a.object, "use", r.object)
		case "server":
			m.hidden("server", m.createServer(goja.FunctionCall{}))
		case "bodyParser":
			m.hidden(name, m.require("body-parser", "."))
		case "cookieParser":
			m.hidden(name, m.require("cookie-parser", "."))
		case "res":
			if !slices.Contains(m.program.fragment, "app") {
				m.hidden("app", m.newApp(m.express()).object)
			}
		default:
			m.hidden(name, m.require(name, "."))
		}
	}
}

// supplied says what was supplied to a fragment.
func (p *program) supplied() []server.Assumption {
	var out []server.Assumption
	for _, name := range p.fragment {
		text := fmt.Sprintf("the text is a part of a program: %s is supplied", name)
		switch name {
		case "app":
			text = "the text is a part of a program: app is an Express application that listens"
		case "res":
			text = "the text is taken as the body of one middleware (req, res, next), which then calls next()"
		}
		out = append(out, server.Assumption{Position: server.Position{File: p.name}, Text: text})
	}
	return out
}
