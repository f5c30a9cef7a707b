package php

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// super returns a variable that every function sees; nil when the name is none.
func (r *run) super(name string) *ref {
	if name == "" || name[0] != '_' && name != "GLOBALS" {
		return nil
	}
	if v := r.supers[name]; v != nil {
		return v
	}
	var v value
	switch name {
	case "_SERVER":
		v = r.serverVariables()
	case "_GET":
		v = parseQuery(r.query())
	case "_POST":
		v = r.postVariables()
	case "_COOKIE":
		v = r.cookies()
	case "_REQUEST":
		v = r.postVariables()
		for _, e := range parseQuery(r.query()).list() {
			if _, ok := v.(*array).get(e.key); !ok {
				v.(*array).set(e.key, e.v)
			}
		}
	case "_ENV":
		v = r.envVariables()
	case "_FILES":
		v = new(array)
	case "_SESSION":
		v = r.session()
	case "GLOBALS":
		a := new(array)
		for name, v := range r.globals.vars {
			a.setText(name, v.v)
		}
		return &ref{a}
	default:
		return nil
	}
	out := &ref{v}
	r.supers[name] = out
	return out
}

// query returns the query of the request.
func (r *run) query() string {
	_, query, _ := strings.Cut(r.req.Target, "?")
	return query
}

// requestPath returns the decoded path of the request.
func (r *run) requestPath() string {
	p, _, _ := strings.Cut(r.req.Target, "?")
	return origin.PercentDecode(p)
}

// envVariables returns $_ENV: it is empty with the variables_order of PHP's own
// php.ini files.
func (r *run) envVariables() *array {
	out := new(array)
	if strings.Contains(r.settings["variables_order"], "E") {
		for name, v := range r.env {
			out.setText(name, v)
		}
	}
	return out
}

// headerLines returns the request's headers; lines of one name are joined.
func (r *run) headerLines() fetch.HeaderList {
	var out fetch.HeaderList
next:
	for _, h := range r.req.Header {
		for i := range out {
			if fetch.ByteLowercase(out[i].Name) == fetch.ByteLowercase(h.Name) {
				out[i].Value += ", " + h.Value
				continue next
			}
		}
		out = append(out, h)
	}
	return out
}

// serverVariables returns $_SERVER as the built-in server sets it.
func (r *run) serverVariables() *array {
	out := new(array)
	set := out.setText
	host, port := r.address()
	main := "/" + r.program.main.name
	set("DOCUMENT_ROOT", r.program.root)
	set("REMOTE_ADDR", "127.0.0.1")
	set("REMOTE_PORT", r.unknown(pos{}, "$_SERVER['REMOTE_PORT']", ""))
	set("SERVER_SOFTWARE", "PHP "+r.program.version.Version+" Development Server")
	set("SERVER_PROTOCOL", "HTTP/1.1")
	set("SERVER_NAME", host)
	set("SERVER_PORT", port)
	set("REQUEST_URI", r.req.Target)
	set("REQUEST_METHOD", r.req.Method)
	set("SCRIPT_NAME", main)
	set("SCRIPT_FILENAME", r.program.place(r.program.main.name))
	if p := r.requestPath(); p != main && p != "/" {
		set("PATH_INFO", p)
		set("PHP_SELF", main+p)
	} else {
		set("PHP_SELF", main)
	}
	if strings.Contains(r.req.Target, "?") {
		set("QUERY_STRING", r.query())
	}
	for _, h := range r.headerLines() {
		name := strings.ReplaceAll(upper(h.Name), "-", "_")
		if name == "CONTENT_TYPE" || name == "CONTENT_LENGTH" {
			set(name, h.Value)
		}
		set("HTTP_"+name, h.Value)
	}
	if r.req.TLS {
		set("HTTPS", "on")
	}
	set("REQUEST_TIME_FLOAT", r.unknown(pos{}, "the time", ""))
	set("REQUEST_TIME", r.unknown(pos{}, "the time", ""))
	return out
}

// address returns the host and the port of the server as strings of $_SERVER. It is
// the address that the server listens at, which is not known.
func (r *run) address() (host, port value) {
	v, ok := r.program.set["SERVER_NAME"]
	if !ok {
		host = r.unknown(pos{}, "$_SERVER['SERVER_NAME']", "give it with --set SERVER_NAME=…")
	} else {
		host = v
	}
	if v, ok := r.program.set["SERVER_PORT"]; ok {
		return host, v
	}
	return host, r.unknown(pos{}, "$_SERVER['SERVER_PORT']", "give it with --set SERVER_PORT=…")
}

// postVariables returns $_POST.
func (r *run) postVariables() *array {
	contentType, _ := r.req.Header.Get("Content-Type")
	switch t := fetch.ByteLowercase(strings.TrimSpace(contentType)); {
	case r.req.Method != "POST":
	case strings.HasPrefix(t, "application/x-www-form-urlencoded"):
		return parseQuery(r.req.Body)
	case strings.HasPrefix(t, "multipart/form-data"):
		return &array{unsure: r.unknown(pos{}, "the fields of the form", "")}
	}
	return new(array)
}

// session returns $_SESSION: empty without a cookie of a session.
func (r *run) session() value {
	if line, ok := r.req.Header.Get("Cookie"); !ok || !r.renamed && !strings.Contains(line, "PHPSESSID=") {
		return new(array)
	}
	return &array{unsure: r.unknown(pos{}, "the session", "")}
}

func (r *run) cookies() *array {
	out := new(array)
	line, _ := r.req.Header.Get("Cookie")
	for part := range strings.SplitSeq(line, ";") {
		name, v, ok := strings.Cut(strings.TrimSpace(part), "=")
		if ok && name != "" {
			out.setText(strings.NewReplacer(".", "_", " ", "_").Replace(name), origin.PercentDecode(strings.ReplaceAll(v, "+", " ")))
		}
	}
	return out
}

// parseQuery reads a query into an array: a=1&b[]=2&c[d]=3.
func parseQuery(query string) *array {
	out := new(array)
	if query == "" {
		return out
	}
	for part := range strings.SplitSeq(query, "&") {
		name, v, _ := strings.Cut(part, "=")
		name = origin.PercentDecode(strings.ReplaceAll(name, "+", " "))
		text := origin.PercentDecode(strings.ReplaceAll(v, "+", " "))
		base, rest, nested := strings.Cut(name, "[")
		base = strings.NewReplacer(".", "_", " ", "_").Replace(base)
		inner, _, closed := strings.Cut(rest, "]")
		switch {
		case base == "":
		case !nested || !closed:
			out.setText(base, text)
		default:
			have, _ := out.get(keyOf(base))
			list, ok := have.(*array)
			if !ok {
				list = new(array)
				out.setText(base, list)
			}
			if inner == "" {
				list.append(text)
			} else {
				list.setText(inner, text)
			}
		}
	}
	return out
}
