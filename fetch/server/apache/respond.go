package apache

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

func itoa(n int) string { return strconv.Itoa(n) }

// minCompressed is the size from which mod_deflate works on an answer.
const minCompressed = 69

// die ends a request with a status of the server itself; 0 and done mean that the
// handler answered. recursive is the status before.
func (r *request) die(status, recursive int) {
	if r.x.answered != nil || r.x.closed || status == 0 || status == done {
		return
	}
	if status == declined {
		status = 500
	}
	first := r
	var doc *errorDocument
	if recursive != 200 {
		for first.prev != nil && first.prev.status != 200 {
			first = first.prev
		}
	} else {
		doc = r.errorDocument(status)
	}
	r.status = status
	value := ""
	if doc != nil && !doc.text {
		value = r.text(doc.value)
	}
	switch {
	case value == "" || doc == nil:
	case isURL(value):
		r.status = 302
		r.out.set("Location", value)
		r.decide(server.Decision{Position: doc.pos, Text: "ErrorDocument redirects"})
	case value[0] == '/':
		r.decide(server.Decision{Position: doc.pos, Text: "ErrorDocument " + itoa(status) + " answers with " + value})
		method := r.method
		r.env.set("REQUEST_METHOD", method)
		r.method = "GET"
		r.internalRedirect(value)
		r.method = method
		return
	}
	first.sendError()
}

// errorDocument returns the document for a status, or nil.
func (r *request) errorDocument(status int) *errorDocument {
	if r.conf == nil || r.conf.core == nil {
		return nil
	}
	doc := r.conf.core.errorDocuments[status]
	if doc == nil || doc.standard {
		return nil
	}
	return doc
}

// sendError sends the server's own document for a status: only the lines of the
// table "always" are in it.
func (r *request) sendError() {
	status := r.status
	if status == 204 || status == 304 {
		r.alwaysOnly()
		r.finish(status)
		return
	}
	location, ok := r.out.get("Location")
	if !ok {
		location, _ = r.err.get("Location")
	}
	r.out, r.err = r.err, table{}
	if (isRedirect(status) || status == 201) && location != "" {
		r.out.set("Location", location)
	}
	r.contentType = "text/html; charset=iso-8859-1"
	if status == 405 || status == 501 {
		r.out.set("Allow", r.allowValue())
	}
	if status == 401 && r.conf.auth != nil {
		r.out.set("WWW-Authenticate", "Basic realm=\""+r.conf.auth.name+"\"")
	}
	r.x.body = errorBody(status)
	r.alwaysOnly()
	r.decideBare(status)
	r.finish(status)
}

// errorBody returns a document for a status.
func errorBody(status int) string {
	return "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>" + itoa(status) + "</title>\n</head><body>\n<h1>" + itoa(status) + "</h1>\n</body></html>\n"
}

// decideBare notes why lines of the table "onsuccess" are missing.
func (r *request) decideBare(status int) {
	h := r.conf.headers
	if h == nil {
		return
	}
	for _, a := range h.onsuccess {
		if concerns(a.name) {
			r.decide(server.Decision{Position: a.d.pos, Header: a.name, Text: "Header without always does not apply to the server's own answer with status " + itoa(status)})
		}
	}
}

// alwaysOnly runs the actions of the table "always".
func (r *request) alwaysOnly() {
	if h := r.conf.headers; h != nil {
		r.run(h.always, &r.err, late)
	}
}

// send sends a handler's answer: the lines of both tables are in it.
func (r *request) send(status int) {
	if r.x.answered != nil {
		return
	}
	r.status = status
	r.compress()
	if h := r.conf.headers; h != nil {
		r.run(h.always, &r.err, late)
		r.run(h.onsuccess, &r.out, late)
	}
	r.finish(status)
}

// compress adds the Vary of filters that compress.
func (r *request) compress() {
	if r.x.size < minCompressed && len(r.x.body) < minCompressed || r.status == 204 {
		return
	}
	for _, name := range r.filters() {
		if name != "DEFLATE" && name != "BROTLI_COMPRESS" {
			continue
		}
		variable := "no-gzip"
		if name == "BROTLI_COMPRESS" {
			variable = "no-brotli"
		}
		if _, ok := r.variableOf(variable); ok {
			continue
		}
		if v, _ := r.variableOf("gzip-only-text/html"); v == "1" && !strings.HasPrefix(r.contentType, "text/html") {
			continue
		}
		if _, ok := r.out.get("Content-Encoding"); ok {
			continue
		}
		if _, ok := r.err.get("Content-Encoding"); ok {
			continue
		}
		r.out.merge("Vary", "Accept-Encoding")
		if accepts, ok := r.in.get("Accept-Encoding"); ok && strings.Contains(lower(accepts), map[string]string{"DEFLATE": "gzip", "BROTLI_COMPRESS": "br"}[name]) {
			r.out.set("Content-Encoding", "gzip")
		}
	}
}

// filters returns the output filters that apply to the answer.
func (r *request) filters() []string {
	var out []string
	if c := r.conf.core; c != nil {
		out = append(out, c.outputFilters...)
	}
	if m := r.conf.mime; m != nil {
		name := r.filename[strings.LastIndexByte(r.filename, '/')+1:]
		for _, x := range strings.Split(name, ".")[1:] {
			out = append(out, m.filters[lower(x)]...)
		}
	}
	if _, always := r.variableOf("filter-errordocs"); r.conf.filter != nil && (r.status == 200 || always) {
		f := r.conf.filter
		kind, _, _ := strings.Cut(r.contentType, ";")
		kind = strings.TrimSpace(lower(kind))
		for _, t := range f.byType {
			for _, x := range t.types {
				if x == kind {
					out = append(out, t.name)
					break
				}
			}
		}
	}
	return out
}

// finish joins both tables and sends the answer.
func (r *request) finish(status int) {
	if !r.valid() {
		r.out, r.err, r.x.body = table{}, table{}, ""
		if !r.x.invalid {
			r.x.invalid = true
			r.die(500, r.status)
			return
		}
		r.contentType, status = "", 500
	}
	all := table{rows: appended(r.err.rows, r.out.rows)}
	all.rows = append([]fetch.Header(nil), all.rows...)
	if _, ok := r.variableOf("force-no-vary"); ok {
		all.unset("Vary")
	} else {
		all.uniqueVary()
	}
	if status == 204 || status == 304 {
		all.unset("Content-Type")
		r.x.body = ""
	} else if r.contentType != "" && r.contentType != directoryType {
		all.set("Content-Type", r.contentType)
	}
	r.x.answered = &server.Answer{Status: status, Header: fetch.HeaderList(all.rows), Body: r.x.body}
}

// valid reports whether all lines may be sent.
func (r *request) valid() bool {
	for _, t := range []*table{&r.out, &r.err} {
		for _, h := range t.rows {
			if h.Name == "" || strings.ContainsFunc(h.Name, notToken) || strings.ContainsAny(h.Value, "\r\n\x00") {
				return false
			}
		}
	}
	return true
}

func notToken(c rune) bool {
	return c <= ' ' || c >= 127 || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, c)
}
