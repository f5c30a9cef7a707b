package apache

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch/server"
)

// Reader returns the reader of configurations of the Apache HTTP Server.
func Reader() server.Reader {
	return server.Reader{Kind: "apache", Title: "an Apache configuration", Recognise: recognise, Load: load, Lists: lists}
}

// recognise says how sure it is that a text is a configuration of the server.
func recognise(name, text string) server.Confidence {
	b := lower(path.Base(name))
	if strings.Contains(b, "htaccess") || b == "httpd.conf" || b == "apache2.conf" || strings.HasPrefix(b, "apache") && strings.HasSuffix(b, ".conf") {
		return server.Certain
	}
	best := server.NotMine
	for _, l := range lines(name, text[:min(len(text), 200_000)]) {
		first, rest := splitName(l.text)
		switch w := lower(first); w {
		case "<virtualhost", "<directory", "<ifmodule", "<filesmatch", "<locationmatch", "<limitexcept", "<directorymatch":
			return server.Certain
		case "rewriterule", "rewritecond", "rewriteengine", "setenvif", "proxypass", "proxypassreverse", "documentroot", "<files", "<location", "loadmodule", "requestheader", "setenvifnocase":
			best = max(best, server.Likely)
		case "header":
			action, _ := word(rest)
			if strings.Contains(" always onsuccess set append merge add unset edit edit* echo setifempty note ", " "+lower(action)+" ") {
				best = max(best, server.Likely)
			}
		}
	}
	return best
}

// A model is a server that was read from its configuration.
type model struct {
	src      *server.Source
	parser   *parser
	files    *files
	main     *host
	hosts    []*host // that answer
	behind   string  // what is at paths that are not known
	commands map[string]command
	// folders and roots are the folders that the configuration names.
	folders map[string]bool
	roots   []string

	mu         sync.Mutex
	merged     map[mergedKey]*section
	htaccesses map[htaccessKey]*htaccess
	programs   map[string]*program
	policies   map[string]*policy
	notes      []server.Assumption
}

// Answer answers a request.
func (m *model) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	return m.answer(ctx, req)
}

// standardVersion is the version that is assumed.
const standardVersion = "2.4.71"

// load reads a configuration.
func load(ctx context.Context, src server.Source) (*server.Model, error) {
	version := server.VersionOf(src.Versions, "apache", standardVersion)
	m := &model{
		src: &src, files: newFiles(&src), folders: make(map[string]bool), behind: src.Set["behind"], merged: make(map[mergedKey]*section),
		htaccesses: make(map[htaccessKey]*htaccess), programs: make(map[string]*program), policies: make(map[string]*policy),
	}
	m.commands = allCommands()
	if m.behind == "" {
		m.behind = "program"
	}
	m.parser = &parser{ctx: ctx, src: &src, version: version.Version, defines: make(map[string]string), modules: make(map[string]bool), files: m.files, root: "/etc/apache2"}
	out := &server.Model{Kind: "apache", Versions: []server.Version{version}, Server: m}
	main := &policy{}
	fragment, err := m.build(main)
	if err != nil {
		return nil, err
	}
	out.Fragment = fragment
	m.finish()
	if err := m.readFirst(); err != nil {
		return nil, err
	}
	m.describe(out, main)
	return out, nil
}

// build reads the configuration; fragment is true when the text is only a part of
// one.
func (m *model) build(pol *policy) (fragment bool, err error) {
	m.main = newHost()
	m.main.base.core = &coreConf{options: optSymLinks, overrideOptions: optAll | optSymOwner | optMultiViews}
	b := &builder{p: m.parser, main: m.main, policy: pol, note: m.note, commands: m.commands}
	name, text := m.src.Name, m.src.Text
	isPart := isHtaccess(name) || m.isBare()
	if isPart {
		if config := m.serverConfig(); config != "" {
			data, err := fs.ReadFile(m.src.Files, config)
			if err != nil {
				return false, server.At(server.Position{File: config}, err)
			}
			name, text, isPart = config, string(data), false
		}
	}
	if isPart {
		return true, m.buildFragment(b, name)
	}
	list, err := m.parser.parse(name, text)
	if err != nil {
		return false, err
	}
	if err := b.walk(list, &scope{host: m.main, sec: m.main.base}); err != nil {
		return false, err
	}
	m.hosts = b.hosts
	return !m.parser.complete, nil
}

// isBare reports whether a text has no section or directive of a server, so that it
// may be in .htaccess.
func (m *model) isBare() bool {
	for _, l := range lines(m.src.Name, m.src.Text) {
		name, _ := splitName(l.text)
		k, ok := directives()[lower(name)]
		if ok && k.where == "s" || lower(name) == "<directory" || strings.HasPrefix(k.where, "s") && (strings.HasPrefix(lower(name), "proxypass")) {
			return false
		}
	}
	return true
}

// serverConfig returns the server's own configuration among the given files, for a
// .htaccess file.
func (m *model) serverConfig() string {
	if m.src.Files == nil {
		return ""
	}
	for _, name := range []string{"httpd.conf", "apache2.conf", "conf/httpd.conf", "apache.conf"} {
		if _, err := fs.Stat(m.src.Files, name); err == nil {
			return name
		}
	}
	return ""
}

// fragmentRoot is where the folder of a .htaccess file is assumed to lie.
const fragmentRoot = "/var/www/html"

// emptyRoot is the DocumentRoot of a configuration without one, which holds nothing
// but a page that says so.
const emptyRoot = "/usr/share/apache2/default-site"

// buildFragment completes a part of a configuration: a .htaccess file in
// DocumentRoot, where everything is allowed.
func (m *model) buildFragment(b *builder, name string) error {
	h := m.main
	dir := path.Dir(path.Clean(name))
	h.root = fragmentRoot
	if on, ok := m.files.on(dir); ok && isHtaccess(name) {
		h.root = on
	}
	s := &section{pos: server.Position{File: name, Line: 1, Column: 1}, text: base(name), path: h.root + "/", depth: strings.Count(h.root, "/") + 1}
	s.coreConf().override, s.core.overrideSet = 0, true
	s.core.options, s.core.optionsSet = optSymLinks|optIndexes, true
	list, err := m.parser.parse(name, m.src.Text)
	if err == nil {
		c := &scope{host: h, sec: s, path: h.root + "/", htaccess: true, override: overrideAll, options: optAll | optSymOwner | optMultiViews}
		err = b.walk(list, c)
	}
	h.dirs = append(h.dirs, s)
	if err != nil && isStart(err) {
		return m.brokenFragment(h, s, err)
	}
	return err
}

// brokenFragment keeps a .htaccess file that the server answers with status 500.
func (m *model) brokenFragment(h *host, s *section, err error) error {
	if !isHtaccess(m.src.Name) {
		return err
	}
	key := htaccessKey{s.path, overrideAll, optAll | optSymOwner | optMultiViews, false, false, false}
	s.core = &coreConf{override: overrideAll, overrideSet: true, overrideOptions: optAll | optSymOwner | optMultiViews, options: optSymLinks, optionsSet: true}
	*s = section{pos: s.pos, text: s.text, path: s.path, depth: s.depth, core: s.core}
	m.htaccesses[key] = &htaccess{section: s, err: err}
	m.files.known[s.path+".htaccess"] = file
	return nil
}

// finish completes the virtual hosts with what they inherit.
func (m *model) finish() {
	inherit := func(h *host) {
		g := m.main
		h.base = mergeSections(g.base, h.base)
		h.dirs, h.urls, h.proxies = appended(g.dirs, h.dirs), appended(g.urls, h.urls), appended(g.proxies, h.proxies)
		h.setenv, h.passes, h.reverse = appended(g.setenv, h.setenv), appended(g.passes, h.passes), appended(g.reverse, h.reverse)
		h.aliasesC, h.redirect = appended(h.aliasesC, g.aliasesC), appended(h.redirect, g.redirect)
		h.root, h.trace, h.access = or(h.root, g.root), or(h.trace, g.trace), or(h.access, g.access)
		h.slashes = h.slashes || g.slashes
		if h.name == "" {
			h.name = g.name
		}
		rules := g.rewrite
		switch opts := h.base.rewrite; {
		case opts != nil && opts.options["inherit"]:
			h.rewrite.rules, h.rewrite.present = appended(h.rewrite.rules, rules.rules), true
		case opts != nil && opts.options["inheritbefore"]:
			h.rewrite.rules, h.rewrite.present = appended(rules.rules, h.rewrite.rules), true
		}
	}
	for _, h := range m.hosts {
		inherit(h)
	}
	if len(m.hosts) == 0 {
		m.hosts = []*host{m.main}
	}
	for _, h := range m.hosts {
		switch {
		case h.root != "":
			m.root(h.root)
		case m.parser.complete:
			h.root = emptyRoot
		default:
			h.root = fragmentRoot
			m.root(h.root)
		}
		for _, a := range h.aliasesC {
			if a.re == nil {
				m.root(path.Clean(m.place(a.target)))
			}
		}
		for _, d := range h.dirs {
			if d.re == nil && !d.glob {
				m.folder(path.Clean(d.path))
			}
		}
	}
}

// root notes a folder from which files are served.
func (m *model) root(name string) {
	m.folder(name)
	if !slices.Contains(m.roots, name) {
		m.roots = append(m.roots, name)
	}
}

// folder notes a folder and its parents.
func (m *model) folder(name string) {
	for name != "/" && name != "." && name != "" {
		m.folders[name] = true
		name = path.Dir(name)
	}
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// readFirst reads the .htaccess file that was given, so that what is not modelled is
// refused before the first request.
func (m *model) readFirst() error {
	if !isHtaccess(m.src.Name) {
		return nil
	}
	on, ok := m.files.on(m.files.main)
	if !ok || m.serverConfig() == "" {
		return nil
	}
	for _, h := range m.hosts {
		r := &request{m: m, host: h, x: new(exchange), conf: h.base, filename: path.Dir(on) + "/x", status: 200}
		r.directories()
	}
	for _, ht := range m.htaccesses {
		if ht != nil && ht.refused != nil {
			return ht.refused
		}
	}
	return nil
}

// note notes an assumption.
func (m *model) note(pos server.Position, text string) {
	m.parserNotes([]server.Assumption{{Position: pos, Text: text}})
}

// parserNotes notes assumptions once.
func (m *model) parserNotes(list []server.Assumption) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, a := range list {
		if !slices.Contains(m.notes, a) && len(m.notes) < 1000 {
			m.notes = append(m.notes, a)
		}
	}
}

// policyFor returns where the facts of a file are collected.
func (m *model) policyFor(name string) *policy {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.policies[name] == nil {
		m.policies[name] = new(policy)
	}
	return m.policies[name]
}

// describe tells what was read and assumed.
func (m *model) describe(out *server.Model, main *policy) {
	at := server.Position{File: m.src.Name, Line: 1, Column: 1}
	if out.Versions[0].Assumed {
		out.Assumptions = append(out.Assumptions, server.Assumption{Position: at, Text: "the server is Apache " + standardVersion + " (--version apache=… says otherwise)"})
	}
	if out.Fragment {
		out.Assumptions = append(out.Assumptions, server.Assumption{Position: at, Text: "the text is a part of a configuration; the rest is as Debian installs it, with AllowOverride All, Options Indexes FollowSymLinks and each module that the text uses"})
	}
	out.Assumptions = append(out.Assumptions, m.parser.assumed...)
	out.Assumptions = append(out.Assumptions, m.notes...)
	for _, h := range m.hosts {
		if h.root != emptyRoot && m.assumed(h.root) {
			out.Assumptions = append(out.Assumptions, server.Assumption{Position: h.pos, Text: fmt.Sprintf("each path in %s is answered by a program (CGI or PHP) with status 200 on all methods and without CORS headers, as the files are not given (--set behind=none: nothing is there)", h.root)})
		}
		for _, p := range h.passes {
			if authority, scheme := targetOf(p.target); authority != "" {
				if _, assumed := m.backend(authority, scheme); assumed {
					out.Assumptions = append(out.Assumptions, server.Assumption{Position: p.pos, Text: "the server at " + authority + " answers " + server.AssumedBackendText})
				}
			}
		}
	}
	out.Policy, out.Routes = main.facts, main.routes
	for _, name := range slices.Sorted(maps.Keys(m.policies)) {
		out.Policy = append(out.Policy, m.policies[name].facts...)
	}
}

// targetOf returns host and port of a ProxyPass's target.
func targetOf(target string) (authority, scheme string) {
	n := absolute(target)
	if n == 0 || !strings.HasPrefix(lower(target), "http") {
		return "", ""
	}
	authority, _, _ = strings.Cut(target[n:], "/")
	return authority, lower(strings.TrimSuffix(target[:n], "://"))
}

// lists returns the directives that are refused, in lower case.
func lists() []server.WordList {
	return []server.WordList{{Title: "Directives that are refused with their line", Words: slices.Sorted(slices.Values(refusedNames))}}
}
