package nodejs

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
	"github.com/evanw/esbuild/pkg/api"

	"github.com/corsim/corsim/fetch/server"
)

// program is a text that was prepared for the engine, with what is known about its
// surroundings. It does not change while machines run it, but for the files that
// are prepared when they are first required.
type program struct {
	name, text    string
	placed        string // the folder of the text on the server
	env           map[string]string
	envComplete   bool
	set           map[string]string
	files         fs.FS
	versions      map[string]string
	assumed       map[string]string   // versions that fit the text
	said          []server.Assumption // about the versions
	fragment      []string            // what was supplied to the text, such as "app"
	prepared      map[string]*compiled
	statements    map[file.Position]bool
	body          string // the text, if it is the body of one middleware
	parts         bool   // the text was taken apart
	filesComplete bool   // a file that is not given does not exist
	start         string // the function of the models that starts a server for development
	src           *server.Source
}

// compiled is one file that is ready to run.
type compiled struct {
	text    string
	program *goja.Program
	async   bool // the program is an async function, for await at its top
	module  bool // an ES module
	mapped  bool // positions come from a source map
}

// newProgram returns the program of a source.
func newProgram(src *server.Source) *program {
	placed := src.Placed["."]
	if placed == "" {
		placed = "/srv/app"
	}
	versions, said := chosenVersions(src)
	return &program{
		src:  src,
		name: src.Name, text: src.Text, placed: placed, env: src.Env, envComplete: src.EnvComplete, set: src.Set,
		files: src.Files, filesComplete: src.Files != nil && src.EnvComplete, versions: versions, said: said, prepared: make(map[string]*compiled), statements: make(map[file.Position]bool),
	}
}

// standardVersions are the versions that are modelled if none is given.
var standardVersions = map[string]string{"express": "5.3.0", "cors": "2.8.6", "node": "20.20.2",
	"koa": "3.3.0", "@koa/cors": "5.0.0", "@koa/router": "15.7.0", "hono": "4.13.19", "@hono/node-server": "2.1.9", "fastify": "5.12.8", "@fastify/cors": "11.4.3", "@nestjs/core": "12.5.1", "http-proxy-middleware": "3.0.11"}

// unused reports whether the value of the call at a position is not used.
func (p *program) unused(at file.Position) bool { return p.statements[at] }

// The function that a file becomes, as in Node.
const (
	wrapperHead = "(function (exports, require, module, __filename, __dirname) { "
	wrapperTail = "\n})"
	moduleHead  = wrapperHead + "return (function () { "
	asyncHead   = wrapperHead + "return (async function () { "
	moduleTail  = "\n}).call(this) })"
)

var moduleSyntax = regexp.MustCompile(`(?m)^\s*(import\s*[\w*{"'$]|import\s*\(?["']|export\s+(default|const|let|var|function|class|async|type|interface|enum|\{|\*)|export\s*\{)|\bimport\.meta\b`)

// compile prepares a file. Its error is an [*server.StartError] if Node refuses it.
func (p *program) compile(name, text string) (*compiled, error) {
	if c := p.prepared[name]; c != nil {
		return c, nil
	}
	if isDeep(text) {
		return nil, &server.InputError{Position: server.Position{File: name}, Problem: "the text is nested too deeply"}
	}
	c := &compiled{text: text}
	code := strings.TrimPrefix(text, "\uFEFF")
	if strings.HasPrefix(code, "#!") {
		code = "//" + code
	}
	typed := slices.Contains([]string{".ts", ".tsx", ".mts", ".cts", ".jsx"}, path.Ext(name))
	esm := moduleSyntax.MatchString(code) && path.Ext(name) != ".cjs" || path.Ext(name) == ".mjs"
	if !typed && !esm {
		if err := c.parse(p, name, code, wrapperHead); err == nil {
			p.prepared[name] = c
			return c, nil
		}
	}
	out, err := lower(name, code, typed)
	if err != nil {
		return nil, err
	}
	c.module, c.mapped = esm, true
	head := moduleHead
	if out.async {
		head, c.async = asyncHead, true
	}
	if err := c.parse(p, name, out.code, head); err != nil {
		return nil, err
	}
	p.prepared[name] = c
	return c, nil
}

// maxNesting is how deep brackets may be in each other.
const maxNesting = 1000

// isDeep reports whether brackets or operators are in each other so deeply that
// reading them takes too much memory.
func isDeep(text string) bool {
	depth, run := 0, 0
	for i := range len(text) {
		switch c := text[i]; c {
		case '(', '[', '{':
			depth++
			run++
		case ')', ']', '}':
			depth = max(0, depth-1)
			run = 0
		case '!', '~', '-', '+', '?', ':', '>', '=':
			run++
		case ' ', '\n', '\t', '\r':
		default:
			if c >= 'a' && run > 0 {
				continue
			}
			run = 0
		}
		if depth > maxNesting || run > 10*maxNesting {
			return true
		}
	}
	return false
}

// parse parses and instruments a file's code.
func (c *compiled) parse(p *program, name, code, head string) error {
	tail := wrapperTail
	if head != wrapperHead {
		before, after, _ := strings.Cut(code, "\n//# sourceMappingURL=")
		code, tail = before, moduleTail+"\n//# sourceMappingURL="+after
	}
	tree, err := parser.ParseFile(nil, name, head+code+tail, 0)
	if err != nil {
		return &server.InputError{Position: server.Position{File: name}, Problem: "this is not JavaScript that the engine reads: " + firstLine(err.Error())}
	}
	for at := range instrument(tree, p.set) {
		p.statements[tree.File.Position(int(at)-1)] = true
	}
	c.program, err = goja.CompileAST(tree, false)
	if err != nil {
		return &server.StartError{Position: server.Position{File: name}, Message: firstLine(err.Error())}
	}
	return nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// lowered is code that the engine can read.
type lowered struct {
	code  string
	async bool
}

// lower turns an ES module, TypeScript or new syntax into what the engine reads.
func lower(name, text string, typed bool) (lowered, error) {
	loader := api.LoaderJS
	switch {
	case strings.HasSuffix(name, "x"):
		loader = api.LoaderTSX
	case typed:
		loader = api.LoaderTS
	}
	options := api.TransformOptions{
		Loader: loader, Target: api.ES2022, Format: api.FormatCommonJS, Sourcemap: api.SourceMapInline, SourcesContent: api.SourcesContentExclude,
		Sourcefile: path.Base(name), LogLevel: api.LogLevelSilent, Platform: api.PlatformNode,
		Supported:   map[string]bool{"for-await": false, "async-generator": false, "using": false, "dynamic-import": false},
		Define:      map[string]string{"import.meta.url": strconv.Quote("file:///srv/app/" + name), "import.meta.dirname": "__dirname", "import.meta.filename": "__filename", "import.meta.main": "true", "import.meta.env": "process.env"},
		TsconfigRaw: `{"compilerOptions":{"experimentalDecorators":true,"emitDecoratorMetadata":true,"useDefineForClassFields":false}}`,
	}
	r := api.Transform(text, options)
	if len(r.Errors) == 0 {
		return lowered{code: string(r.Code)}, nil
	}
	if e := r.Errors[0]; !strings.Contains(e.Text, "op-level await") {
		if !typed {
			options.Loader = api.LoaderTS
			if r2 := api.Transform(text, options); len(r2.Errors) == 0 {
				return lowered{code: string(r2.Code)}, nil
			}
		}
		return lowered{}, syntaxError(name, e)
	}
	options.Format = api.FormatDefault
	r = api.Transform(text, options)
	if len(r.Errors) > 0 {
		return lowered{}, syntaxError(name, r.Errors[0])
	}
	return lowered{code: requireImports(string(r.Code)), async: true}, nil
}

// syntaxError is the refusal of a text with a mistake.
func syntaxError(name string, e api.Message) error {
	at := server.Position{File: name}
	if e.Location != nil {
		at.Line, at.Column = e.Location.Line, e.Location.Column+1
	}
	return &server.StartError{Position: at, Message: "SyntaxError: " + e.Text}
}

var importLine = regexp.MustCompile(`^import (?:(.+?) from )?"([^"]+)";$`)

// requireImports turns the imports and exports of code that esbuild printed into
// calls of require and assignments, line by line.
func requireImports(code string) string {
	lines := strings.Split(code, "\n")
	block := false
	for i, line := range lines {
		if m := importLine.FindStringSubmatch(line); m != nil {
			lines[i] = requireImport(m[1], m[2])
			continue
		}
		switch {
		case block:
			lines[i] = ""
			block = !strings.HasPrefix(line, "}")
		case strings.HasPrefix(line, "export {"):
			lines[i] = ""
			block = !strings.Contains(line, "}")
		case strings.HasPrefix(line, "export default "):
			lines[i] = "exports.__esModule = true; exports.default = " + strings.TrimPrefix(line, "export default ")
		case strings.HasPrefix(line, "export "):
			lines[i] = strings.TrimPrefix(line, "export ")
		}
	}
	return strings.Join(lines, "\n")
}

// requireImport returns the statement that stands for one import.
func requireImport(clause, name string) string {
	get := fmt.Sprintf("%s(require(%q))", opModule, name)
	if clause == "" {
		return get + ";"
	}
	var out []string
	first, braces, named := strings.Cut(clause, "{")
	for _, part := range strings.Split(first, ",") {
		part = strings.TrimSpace(part)
		if ns, ok := strings.CutPrefix(part, "* as "); ok {
			out = append(out, ns+" = "+get)
		} else if part != "" {
			out = append(out, part+" = "+get+".default")
		}
	}
	if named {
		out = append(out, "{"+strings.ReplaceAll(braces, " as ", ": ")+" = "+get)
	}
	return "const " + strings.Join(out, ", ") + ";"
}
