package apache

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// sectionCommands returns the commands of sections.
func sectionCommands() map[string]command {
	return map[string]command{
		"<virtualhost":    virtualHost,
		"<directory":      directorySection,
		"<directorymatch": directorySection,
		"<location":       locationSection,
		"<locationmatch":  locationSection,
		"<files":          filesSection,
		"<filesmatch":     filesSection,
		"<proxy":          proxySection,
		"<proxymatch":     proxySection,
		"<if":             ifSection,
		"<elseif":         ifSection,
		"<else":           ifSection,
		"<limit":          limitSection,
		"<limitexcept":    limitSection,
		"<requireall":     requireSection,
		"<requireany":     requireSection,
		"<requirenone":    requireSection,
	}
}

// virtualHost reads a <VirtualHost>.
func virtualHost(b *builder, c *scope, d *directive) error {
	if c.host != b.main {
		return start(d.pos, "<VirtualHost> cannot be nested")
	}
	h := newHost()
	h.pos, h.address = d.pos, words(d.args)
	if len(h.address) == 0 {
		return start(d.pos, "<VirtualHost> directive requires additional arguments")
	}
	for _, a := range h.address {
		if i := strings.LastIndexByte(a, ':'); i >= 0 && !strings.HasSuffix(a, "]") {
			h.port, _ = strconv.Atoi(a[i+1:])
		}
	}
	h.base.pos, h.base.text = d.pos, "<VirtualHost "+d.args+">"
	b.hosts = append(b.hosts, h)
	return b.walk(d.kids, &scope{host: h, sec: h.base})
}

// newHost returns a server without directives.
func newHost() *host {
	return &host{base: &section{}, balancer: make(map[string]string), maps: make(map[string]*rewriteMap)}
}

// inner returns a new section, and the context of its directives.
func (c *scope) inner(d *directive, where string) (*section, *scope) {
	s := &section{pos: d.pos, text: d.name + " " + d.args + ">", path: where}
	n := *c
	n.sec, n.path, n.kind, n.limit, n.authz = s, where, d.key(), nil, nil
	if where == "" {
		n.path = "/"
	}
	return s, &n
}

// argument returns the argument of a section, and whether it is a regular
// expression.
func (b *builder) argument(d *directive) (arg string, re *pattern, err error) {
	arg, rest := word(d.args)
	if arg == "" {
		return "", nil, start(d.pos, "%s> directive requires additional arguments", d.name)
	}
	isRe := strings.HasSuffix(d.key(), "match")
	if arg == "~" && !isRe {
		isRe = true
		arg, rest = word(rest)
	}
	if rest != "" {
		return "", nil, start(d.pos, "Multiple %s> arguments not (yet) supported.", d.name)
	}
	if isRe {
		re, err = b.compile(d, arg, false, "Regex could not be compiled")
	}
	return arg, re, err
}

// compile compiles a regular expression of a directive.
func (b *builder) compile(d *directive, text string, fold bool, message string) (*pattern, error) {
	re, err := compile(text, fold)
	if err == errPattern {
		return nil, start(d.pos, "%s", message)
	}
	if err != nil {
		return nil, refuse(d.pos, err.Error(), "write it without that")
	}
	return re, nil
}

// isGlob reports whether a path has wildcards.
func isGlob(s string) bool { return strings.ContainsAny(s, "*?[") }

func directorySection(b *builder, c *scope, d *directive) error {
	if c.perDir() {
		return start(d.pos, "%s not allowed here", d.name)
	}
	arg, re, err := b.argument(d)
	if err != nil {
		return err
	}
	if re == nil && arg != "/" {
		arg = b.p.place(arg)
		if !strings.HasSuffix(arg, "/") {
			arg += "/"
		}
	}
	s, n := c.inner(d, arg)
	s.re, s.groups, s.glob = re, re.names(), re == nil && isGlob(arg)
	if arg != "/" {
		s.depth = strings.Count(arg, "/")
	}
	if err := b.walk(d.kids, n); err != nil {
		return err
	}
	c.host.dirs = append(c.host.dirs, s)
	return nil
}

func locationSection(b *builder, c *scope, d *directive) error {
	if c.perDir() {
		return start(d.pos, "%s not allowed here", d.name)
	}
	arg, re, err := b.argument(d)
	if err != nil {
		return err
	}
	s, n := c.inner(d, arg)
	s.re, s.groups, s.glob = re, re.names(), re == nil && isGlob(arg)
	if err := b.walk(d.kids, n); err != nil {
		return err
	}
	c.host.urls = append(c.host.urls, s)
	return nil
}

func proxySection(b *builder, c *scope, d *directive) error {
	if c.perDir() {
		return start(d.pos, "%s not allowed here", d.name)
	}
	arg, re, err := b.argument(d)
	if err != nil {
		return err
	}
	s, n := c.inner(d, arg)
	s.re, s.groups, s.glob = re, re.names(), re == nil && isGlob(arg)
	if err := b.walk(d.kids, n); err != nil {
		return err
	}
	c.host.proxies = append(c.host.proxies, s)
	return nil
}

func filesSection(b *builder, c *scope, d *directive) error {
	if c.kind == "<location" || c.kind == "<locationmatch" || c.limit != nil {
		return start(d.pos, "%s> cannot occur within %s> section", d.name, c.kind)
	}
	arg, re, err := b.argument(d)
	if err != nil {
		return err
	}
	if re == nil {
		arg = strings.TrimPrefix(path.Clean("/"+arg), "/")
	}
	s, n := c.inner(d, arg)
	s.re, s.groups, s.glob = re, re.names(), re == nil && isGlob(arg)
	if err := b.walk(d.kids, n); err != nil {
		return err
	}
	core := c.sec.coreConf()
	core.files = append(core.files, s)
	return nil
}

func ifSection(b *builder, c *scope, d *directive) error {
	if c.limit != nil {
		return start(d.pos, "%s> cannot occur within <Limit> section", d.name)
	}
	s, n := c.inner(d, "*If")
	n.inIf = true
	switch d.key() {
	case "<if":
		s.branch = branchIf
	case "<elseif":
		s.branch = branchElseIf
	default:
		s.branch = branchElse
		if d.args != "" {
			return start(d.pos, "<Else> does not take an argument")
		}
	}
	if s.branch != branchElse {
		text, rest := word(d.args)
		if rest != "" {
			return start(d.pos, "Multiple %s> arguments not supported.", d.name)
		}
		e, err := b.parseExpr(d, text, boolExpr)
		if err != nil {
			return err
		}
		s.condition = e
	}
	if err := b.walk(d.kids, n); err != nil {
		return err
	}
	core := c.sec.coreConf()
	if s.branch != branchIf && len(core.ifs) == 0 {
		return start(d.pos, "%s> section without previous <If> or <ElseIf> section in same scope", d.name)
	}
	core.ifs = append(core.ifs, s)
	return nil
}

// A limit says for which methods the directives in a <Limit> apply.
type limit struct {
	methods []string
	except  bool
}

// applies reports whether a limit includes a method; HEAD counts as GET.
func (l *limit) applies(method string) bool {
	if l == nil {
		return true
	}
	if method == "HEAD" {
		method = "GET"
	}
	return slices.Contains(l.methods, method) != l.except
}

func limitSection(b *builder, c *scope, d *directive) error {
	n := *c
	n.limit = &limit{methods: words(d.args), except: d.key() == "<limitexcept"}
	if len(n.limit.methods) == 0 {
		return start(d.pos, "%s> directive requires additional arguments", d.name)
	}
	for i, m := range n.limit.methods {
		if m == "TRACE" && !n.limit.except {
			return start(d.pos, "TRACE cannot be controlled by <Limit>, see TraceEnable")
		}
		if m == "HEAD" {
			n.limit.methods[i] = "GET"
		}
		if !isMethod(m) {
			return refuse(d.pos, "method "+m+" in "+d.name+"> is not modelled", "write methods of HTTP in capitals")
		}
	}
	if c.limit != nil {
		return refuse(d.pos, "a <Limit> in a <Limit> is not modelled", "")
	}
	return b.walk(d.kids, &n)
}

// coreConf returns the part of the core, made when there is none.
func (s *section) coreConf() *coreConf {
	if s.core == nil {
		s.core = &coreConf{overrideOptions: optAll | optSymOwner | optMultiViews}
	}
	return s.core
}

// lower is the lower case of ASCII letters.
func lower(s string) string { return fetch.ByteLowercase(s) }

// upper is the upper case of ASCII letters.
func upper(s string) string {
	out := []byte(s)
	for i, c := range out {
		if c >= 'a' && c <= 'z' {
			out[i] = c - 'a' + 'A'
		}
	}
	return string(out)
}
