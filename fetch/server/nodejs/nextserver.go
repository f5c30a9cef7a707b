package nodejs

import (
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nodejs/kinds"
)

// This file reads projects of Next.js: the configuration, the middleware and the files
// of routes, in the order in which the server takes them.

var nextServerModel = modelProgram("nextserver")

// startNext is the word for programs that are projects of Next.js.
const startNext = "startNext"

var (
	nextMiddleware = regexp.MustCompile(`^(src/)?(middleware|proxy)\.[cm]?[jt]sx?$`)
	nextRoute      = regexp.MustCompile(`^(src/)?(app/(.*/)?(route|page)|pages/.*)\.[cm]?[jt]sx?$`)
	nextWords      = regexp.MustCompile(`['"]next/server['"]|\bNext(Request|Response)\b`)
)

// isNextServer reports whether a source is a project of Next.js: its configuration,
// its middleware, or a route of it with one of the two among the files.
func isNextServer(src *server.Source) bool {
	switch {
	case kinds.IsNextConfig(src.Name), namedNextConfig(src):
		return true
	case nextMiddleware.MatchString(path.Base(src.Name)):
		return nextWords.MatchString(src.Text)
	case !nextRoute.MatchString(src.Name) || src.Files == nil:
		return false
	}
	for _, name := range nextFiles(src.Files) {
		if isRootNextConfig(name) || nextMiddleware.MatchString(name) {
			return true
		}
	}
	return false
}

// isRootNextConfig reports whether a file of a project is its configuration.
func isRootNextConfig(name string) bool {
	return !strings.Contains(name, "/") && kinds.IsNextConfig(name)
}

// namedNextConfig reports whether a text without such a name says in its first line
// that it is the configuration, and takes its place.
func namedNextConfig(src *server.Source) bool {
	head, _, _ := strings.Cut(strings.TrimSpace(src.Text), "\n")
	named, ok := strings.CutPrefix(head, "//")
	return ok && kinds.IsNextConfig(strings.TrimSpace(named))
}

// maxNextFiles is how many files of a project are looked through.
const maxNextFiles = 5000

// nextFiles returns the files of a project that say what its server answers.
func nextFiles(files fs.FS) []string {
	var out []string
	if files == nil {
		return nil
	}
	seen := 0
	_ = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		seen++
		switch {
		case err != nil:
			return nil
		case seen > maxNextFiles:
			return fs.SkipAll
		case d.IsDir() && (d.Name() == "node_modules" || len(d.Name()) > 1 && d.Name()[0] == '.'):
			return fs.SkipDir
		case !d.IsDir() && (isRootNextConfig(name) || nextMiddleware.MatchString(name) || nextRoute.MatchString(name)):
			out = append(out, name)
		}
		return nil
	})
	return out
}

// startNext gives what the main file exports to the model of the server.
func (m *machine) startNext(exports goja.Value) {
	model := m.runWith(nextServerModel(), m.helpers(), m.web(), m.runModel(nextModel))
	started := m.callMethod(model, "start", m.vm.ToValue(m.nextMain()), exports)
	m.found.pending = append(m.found.pending, started)
	m.turns(func() bool { return m.found.handler != nil })
}

// nextMain returns the place of the main file in a project.
func (m *machine) nextMain() string {
	name := m.program.name
	switch base := path.Base(name); {
	case nextMiddleware.MatchString(name), nextRoute.MatchString(name):
		return name
	case nextMiddleware.MatchString(base):
		return base
	}
	return "next.config.js"
}

// nextHelpers are the helpers of the model of Next.js.
func (m *machine) nextHelpers() map[string]func(goja.FunctionCall) goja.Value {
	return map[string]func(goja.FunctionCall) goja.Value{
		"projectFiles": func(goja.FunctionCall) goja.Value {
			var out []any
			for _, name := range nextFiles(m.program.files) {
				out = append(out, name)
			}
			return m.vm.NewArray(out...)
		},
		"load":          func(c goja.FunctionCall) goja.Value { return m.loadFile(c.Argument(0).String()) },
		"filesComplete": func(goja.FunctionCall) goja.Value { return m.vm.ToValue(m.program.filesComplete) },
		"headerFact":    m.helpHeaderFact,
		"decideAt":      m.helpDecideAt,
		"nextFound":     m.helpNextFound,
	}
}

// helpNextFound says what is taken to be so about a project: (configuration,
// middleware) are the names of the files, or empty.
func (m *machine) helpNextFound(c goja.FunctionCall) goja.Value {
	say := func(text string) {
		m.found.said = append(m.found.said, server.Assumption{Position: server.Position{File: m.program.name}, Text: text})
	}
	say("the server is the one of Next.js 15, built and started with next start")
	if c.Argument(0).String() == "" && !m.program.filesComplete {
		say("next.config.js is not given: it is taken to have no rules for headers; give it with --file next.config.js")
	}
	if c.Argument(1).String() == "" && !m.program.filesComplete {
		say("there is taken to be no middleware; give it with --file middleware.ts")
	}
	say("a route whose file is not given is taken to set no CORS header where the configuration or the middleware sets Access-Control-Allow-Origin; the Vary line of a page is that of the App Router, and what compression adds to it is left out")
	return goja.Undefined()
}

// subjectsOfHeaders are the subjects of the headers of CORS.
var subjectsOfHeaders = map[string]server.Subject{
	"access-control-allow-origin": server.SubjectOrigins, "access-control-allow-methods": server.SubjectMethods, "access-control-allow-headers": server.SubjectHeaders,
	"access-control-expose-headers": server.SubjectExposed, "access-control-allow-credentials": server.SubjectCredentials, "access-control-max-age": server.SubjectMaxAge,
}

// helpHeaderFact records what a rule for headers says: (file, source, key, value).
func (m *machine) helpHeaderFact(c goja.FunctionCall) goja.Value {
	source, key, value := c.Argument(1).String(), m.readable(c.Argument(2).String()), c.Argument(3)
	subject := subjectsOfHeaders[fetch.ByteLowercase(key)]
	if subject == "" {
		return goja.Undefined()
	}
	text := ""
	if u := m.unknownObject(value); u != nil {
		text = u.path
	} else {
		text = m.readable(value.String())
	}
	m.found.facts = append(m.found.facts, server.Fact{Position: m.spot(c.Argument(0).String(), source, key), Subject: subject, Where: source, Value: text})
	return goja.Undefined()
}

// helpDecideAt records what decided about a header: (file, source, key, text).
func (m *machine) helpDecideAt(c goja.FunctionCall) goja.Value {
	key := m.readable(c.Argument(2).String())
	if x := m.current; x != nil && isCORS(fetch.ByteLowercase(key)) {
		x.decide(m.spot(c.Argument(0).String(), c.Argument(1).String(), key), key, c.Argument(3).String())
	}
	return goja.Undefined()
}

// spot returns where a text is in a file: after a first text if that is there.
func (m *machine) spot(file, first, text string) server.Position {
	whole := m.program.text
	if file == m.nextMain() {
		file = m.program.name
	}
	if file != m.program.name && m.program.files != nil {
		if b, err := fs.ReadFile(m.program.files, file); err == nil {
			whole = string(b)
		}
	}
	from := max(0, strings.Index(whole, first))
	at := strings.Index(whole[from:], text)
	if at < 0 {
		return server.Position{File: file}
	}
	p := server.PositionAt(whole, from+at)
	p.File = file
	return p
}
