package apache

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// An htaccess is a .htaccess file as the server reads it for a folder.
type htaccess struct {
	section *section
	err     error // what the server logs while it answers with status 500
	refused error // what is not modelled
}

// htaccessKey identifies a reading.
type htaccessKey struct {
	folder             string
	override, options  int
	fatal1, fatal2, in bool
}

// htaccess returns the .htaccess file of a folder; nil if there is none.
func (m *model) htaccess(h *host, folderPath string, core *coreConf) *htaccess {
	name := h.access
	if name == "" {
		name = ".htaccess"
	}
	full := folderPath + name
	if m.files.stat(full) != file {
		return nil
	}
	key := htaccessKey{folderPath, core.override, core.overrideOptions, core.nonfatalOverride, core.nonfatalUnknown, core.overrideList != nil}
	m.mu.Lock()
	ht, ok := m.htaccesses[key]
	m.mu.Unlock()
	if ok {
		return ht
	}
	ht = m.readHtaccess(h, folderPath, full, core)
	m.mu.Lock()
	m.htaccesses[key] = ht
	m.mu.Unlock()
	return ht
}

// readHtaccess reads a .htaccess file.
func (m *model) readHtaccess(h *host, folderPath, full string, core *coreConf) *htaccess {
	in, _ := m.files.inside(full)
	text, ok := m.files.read(full)
	if in == m.files.main {
		text, ok = m.src.Text, true
	}
	if !ok {
		return nil
	}
	p := *m.parser
	p.count, p.depth = 0, 0
	list, err := p.parse(in, text)
	m.parserNotes(p.assumed)
	s := &section{pos: server.Position{File: in, Line: 1, Column: 1}, text: in, path: folderPath}
	if err == nil {
		b := &builder{p: &p, main: m.main, policy: m.policyFor(in), note: m.note, commands: m.commands}
		c := &scope{
			host: h, sec: s, path: folderPath, htaccess: true, override: core.override, options: core.overrideOptions,
			list: core.overrideList, unknown: core.nonfatalUnknown, denied: core.nonfatalOverride,
		}
		err = b.walk(list, c)
	}
	out := &htaccess{section: s}
	if err != nil && isStart(err) {
		out.err = err
	} else if err != nil {
		out.err, out.refused = err, err
	}
	return out
}

// htaccessError notes why a folder is answered with status 500.
func (r *request) htaccessError(ht *htaccess) {
	if ht.refused != nil {
		r.unknownBecause(ht.section.pos, "what "+ht.section.text+" does ("+ht.refused.Error()+")", "")
		return
	}
	text := ht.err.Error()
	if e, ok := ht.err.(*server.StartError); ok {
		text = e.Message
		r.decide(server.Decision{Position: e.Position, Text: "the server logs “" + text + "” and answers with status 500"})
		return
	}
	r.decide(server.Decision{Position: ht.section.pos, Text: fmt.Sprintf("status 500: %s", text)})
}

// isHtaccess reports whether a file's name is that of a .htaccess file.
func isHtaccess(name string) bool {
	b := base(name)
	return strings.HasSuffix(b, "htaccess") || strings.HasSuffix(b, ".htaccess") || strings.HasPrefix(b, ".htaccess") || strings.HasPrefix(b, "htaccess")
}
