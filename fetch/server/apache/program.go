package apache

import (
	"path"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// gateway is the way in which a program answers.
type gateway int

const (
	cgi gateway = iota // its lines lie in the table "always"
	fpm                // likewise
	mod                // PHP as a module: its lines lie in the table "onsuccess"
)

// cgi runs a CGI program.
func (r *request) cgi() int {
	switch {
	case r.options()&optExecCGI == 0 && !r.scriptAliased:
		return 403
	case r.found == nothing:
		return 404
	case r.found == folder:
		return 403
	case r.pathInfo != "" && r.acceptPathInfo() == "off":
		return 404
	case strings.HasPrefix(path.Base(r.filename), "nph-"):
		r.unknownBecause(r.conf.pos, "what "+r.filename+" answers", "")
		return 500
	}
	return r.script(r.filename, cgi)
}

// php runs a file as PHP in the server.
func (r *request) php() int {
	switch {
	case r.found == nothing:
		return 404
	case r.found == folder:
		return 403
	}
	return r.script(r.filename, mod)
}

// script answers with what a program prints, or as an assumed program.
func (r *request) script(name string, how gateway) int {
	r.common = true
	if r.m.assumed(name) {
		return r.program()
	}
	text, ok := r.m.files.read(name)
	if !ok {
		return r.program()
	}
	p := r.m.programOf(name, text)
	if p.unknown != "" {
		r.unknownBecause(r.conf.pos, p.unknown, "")
		return 500
	}
	return r.printed(p, how)
}

// printed takes over what a program prints.
func (r *request) printed(p *program, how gateway) int {
	if p.failed {
		return 500
	}
	target := &r.err
	if how == mod {
		target = &r.out
	}
	var more table
	for _, h := range p.header {
		switch lower(h.Name) {
		case "status":
			r.status = atoi(h.Value)
		case "content-type":
			r.contentType = h.Value
		case "location":
			r.out.set("Location", h.Value)
		case "set-cookie":
			target.add(h.Name, h.Value)
		case "content-length", "etag", "last-modified", "transfer-encoding", "content-range":
		default:
			more.merge(h.Name, h.Value)
		}
	}
	for _, h := range more.rows {
		target.merge(h.Name, h.Value)
	}
	r.x.body = p.body
	if location, ok := r.out.get("Location"); ok && r.status == 200 && how != mod {
		if strings.HasPrefix(location, "/") {
			r.unknownBecause(r.conf.pos, "what the program's redirect to "+location+" answers", "")
			return 500
		}
		return 302
	}
	if r.status < 100 || r.status > 599 {
		return 500
	}
	r.send(r.status)
	return done
}

// A program is a CGI program that prints the same for each request.
type program struct {
	header  fetch.HeaderList
	body    string
	failed  bool   // it ends without header lines
	unknown string // why what it prints is not known
}

// programOf reads a program once.
func (m *model) programOf(name, text string) *program {
	m.mu.Lock()
	p := m.programs[name]
	m.mu.Unlock()
	if p != nil {
		return p
	}
	p = readProgram(name, text)
	m.mu.Lock()
	if len(m.programs) < 1000 {
		m.programs[name] = p
	}
	m.mu.Unlock()
	return p
}

// readProgram reads a shell script that only prints constant lines.
func readProgram(name, text string) *program {
	unknown := &program{unknown: "what the program " + name + " prints"}
	if strings.HasPrefix(text, "<?php") || strings.HasSuffix(name, ".php") {
		return readPHP(name, text)
	}
	shell, _, _ := strings.Cut(text, "\n")
	if !strings.HasPrefix(shell, "#!") || !strings.Contains(shell, "sh") {
		return unknown
	}
	output, ok := shellOutput(text)
	if !ok {
		return unknown
	}
	p := new(program)
	for {
		line, rest, more := strings.Cut(output, "\n")
		line = strings.TrimSuffix(line, "\r")
		switch {
		case line == "" && more:
			p.body = rest
			return p
		case !more:
			return &program{failed: true}
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			return &program{failed: true}
		}
		p.header = append(p.header, fetch.Header{Name: key, Value: strings.TrimLeft(value, " \t")})
		output = rest
	}
}

// shellOutput returns what a script prints; ok is false when that is not known.
func shellOutput(text string) (out string, ok bool) {
	all := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i := 0; i < len(all); i++ {
		l := strings.TrimSpace(all[i])
		switch {
		case l == "" || l[0] == '#' || l[0] == '[' && strings.HasSuffix(l, "> /dev/null") || strings.HasSuffix(l, ">/dev/null"):
		case l == "echo":
			out += "\n"
		case strings.HasPrefix(l, "exit"):
			return out, true
		case strings.HasPrefix(l, "cat <<"):
			tag := strings.Trim(strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(l, "cat <<"), "-")), `'"\`)
			for i++; i < len(all) && strings.TrimSpace(all[i]) != tag; i++ {
				if strings.ContainsAny(all[i], "$`") {
					return "", false
				}
				out += all[i] + "\n"
			}
		case strings.HasPrefix(l, "echo "), strings.HasPrefix(l, "printf "):
			s, ok := shellText(l)
			if !ok {
				return "", false
			}
			out += s
		default:
			return "", false
		}
	}
	return out, true
}

// shellText returns what an echo or a printf with constant words prints.
func shellText(l string) (string, bool) {
	command, rest, _ := strings.Cut(l, " ")
	rest = strings.TrimSpace(rest)
	escapes := command == "printf"
	newline := "\n"
	if escapes {
		newline = ""
	}
	for {
		if s, ok := strings.CutPrefix(rest, "-e "); ok {
			escapes, rest = true, s
		} else if s, ok := strings.CutPrefix(rest, "-n "); ok {
			newline, rest = "", s
		} else {
			break
		}
	}
	single := strings.HasPrefix(rest, "'")
	if strings.ContainsAny(rest, "`|>&;") && !single && !strings.HasPrefix(rest, `"`) || strings.ContainsAny(rest, "$`") && !single || strings.Contains(rest, "%") && command == "printf" {
		return "", false
	}
	w, more := word(strings.ReplaceAll(rest, `\`, `\\`))
	if rest[:min(1, len(rest))] != `"` && !single {
		w, more = rest, ""
	}
	if more != "" {
		return "", false
	}
	if escapes {
		w = strings.NewReplacer(`\n`, "\n", `\r`, "\r", `\t`, "\t", `\\`, `\`).Replace(w)
	}
	return w + newline, true
}

// readPHP reads a PHP file that sends no header lines and includes no other file.
func readPHP(name, text string) *program {
	for _, s := range []string{"header", "include", "require", "http_response_code", "exit", "die", "eval", "setcookie"} {
		if strings.Contains(lower(text), s) {
			return &program{unknown: "what the program " + name + " answers"}
		}
	}
	return &program{header: fetch.HeaderList{{Name: "Content-Type", Value: "text/html; charset=UTF-8"}}, body: text}
}
