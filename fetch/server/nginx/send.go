package nginx

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// safe reports whether add_header without always applies to a status.
func safe(status int) bool {
	switch status {
	case 200, 201, 204, 206, 301, 302, 303, 304, 307, 308:
		return true
	}
	return false
}

// send sends the header of the response through nginx's filters.
func (r *run) send() {
	if r.sent {
		return
	}
	r.sent = true
	if r.errStatus != 0 {
		r.status = r.errStatus
	}
	if r.main != r {
		return
	}
	r.applyMore()
	r.applyHeaders()
	r.applyGzip()
	if r.partial && r.status == 200 {
		r.status = 206
	}
	if r.status == 204 || r.status == 304 {
		r.contentType, r.body = "", ""
	}
}

// applyHeaders applies expires and add_header.
func (r *run) applyHeaders() {
	ok := safe(r.status)
	if text := r.loc.get("expires", "off"); ok && text != "off" {
		r.expires(text)
	}
	for _, h := range r.loc.headers {
		if !ok && !h.always {
			r.decided(&h.status)
			continue
		}
		value, unknown := r.eval(h.value)
		if value == "" && unknown == nil {
			continue
		}
		r.decided(&h.applied)
		if h.lower == "etag" || h.lower == "last-modified" {
			r.deleteHeader(h.lower)
		}
		r.out = append(r.out, outHeader{name: h.name, lower: h.lower, value: value, unknown: unknown})
	}
}

// expires adds the header that says how long a response is fresh.
func (r *run) expires(text string) {
	value := ""
	switch {
	case text == "epoch" || strings.HasPrefix(text, "-"):
		value = "no-cache"
	case text == "max":
		value = "max-age=315360000"
	case text == "0":
		value = "max-age=0"
	default:
		return
	}
	r.deleteHeader("cache-control")
	r.addOut("Cache-Control", value)
}

// applyMore applies more_set_headers and more_clear_headers.
func (r *run) applyMore() {
	for _, m := range r.loc.more {
		if len(m.statuses) > 0 && !slices.Contains(m.statuses, itoa(r.status)) {
			continue
		}
		if len(m.types) > 0 && !slices.Contains(m.types, mediaType(r.contentType)) {
			continue
		}
		value, unknown := r.eval(m.header.value)
		r.decided(&m.header.applied)
		switch m.header.lower {
		case "content-type":
			r.contentType = value
			continue
		case "content-length":
			continue
		}
		if matched := !m.append && r.replace(m, value, unknown); !matched && (value != "" || unknown != nil) {
			r.out = append(r.out, outHeader{name: m.header.name, lower: m.header.lower, value: value, unknown: unknown})
		}
	}
}

// replace gives the first header of a name another value and removes the others;
// without a value it removes all. It reports whether there was one.
func (r *run) replace(m *moreHeader, value string, unknown *server.UnknownError) (matched bool) {
	kept := r.out[:0]
	for _, h := range r.out {
		if !m.matches(h.lower) {
			kept = append(kept, h)
			continue
		}
		if !matched && (value != "" || unknown != nil) {
			h.value, h.unknown = value, unknown
			kept = append(kept, h)
		}
		matched = true
	}
	r.out = kept
	return matched
}

func (m *moreHeader) matches(lower string) bool {
	if m.prefix {
		return strings.HasPrefix(lower, m.header.lower)
	}
	return lower == m.header.lower
}

// mediaType returns the type without its parameters.
func mediaType(contentType string) string {
	t, _, _ := strings.Cut(contentType, ";")
	return fetch.ByteLowercase(strings.TrimSpace(t))
}

// applyGzip decides whether the response varies with Accept-Encoding.
func (r *run) applyGzip() {
	if !r.loc.on("gzip", "off") || r.status != 200 && r.status != 403 && r.status != 404 || r.encoded {
		return
	}
	t := mediaType(r.contentType)
	if t == "" && r.upstream != nil && r.length < 0 {
		t = "application/json"
	}
	if t == "" {
		return
	}
	types := r.loc.single["gzip_types"]
	if t == "text/html" || slices.Contains(types, t) || slices.Contains(types, "*") {
		r.gzipVary = r.longEnough()
	}
}

// longEnough reports whether the body is long enough for gzip. A body whose length
// is not known has as
// many bytes as a short JSON text.
func (r *run) longEnough() bool {
	least, _ := parseSize(r.loc.get("gzip_min_length", "20"))
	switch {
	case r.length >= 0:
		return r.length >= least
	case r.streamed || least <= shortBody || r.upstream == nil:
		return true
	case least >= longBody:
		return false
	}
	return r.choose("length", &server.UnknownError{Position: r.loc.at, What: "the length of the body from behind", Help: "give the answer a Content-Length"})
}

// A body from behind whose length is not known is taken to have at least shortBody
// and less than longBody bytes.
const (
	shortBody = 20
	longBody  = 256
)

// header returns the header lines of the response in nginx's order.
func (r *run) header() fetch.HeaderList {
	out := make(fetch.HeaderList, 0, len(r.out)+2)
	if r.contentType != "" {
		out = append(out, fetch.Header{Name: "Content-Type", Value: r.contentType})
	}
	absolute := r.loc.on("absolute_redirect", "on")
	for i := range r.out {
		if h := &r.out[i]; h.redirect && absolute && strings.HasPrefix(h.value, "/") {
			out = append(out, fetch.Header{Name: "Location", Value: r.origin() + h.value})
			h.value = ""
			h.lower = ""
		}
	}
	if r.gzipVary && r.loc.on("gzip_vary", "off") {
		out = append(out, fetch.Header{Name: "Vary", Value: "Accept-Encoding"})
	}
	for i := range r.out {
		h := &r.out[i]
		switch {
		case h.lower == "":
		case h.unknown == nil:
			out = append(out, fetch.Header{Name: h.name, Value: strings.Trim(h.value, " \t")})
		case matters(h.lower):
			r.fail(h.unknown)
		}
	}
	return out
}

// matters reports whether a browser's decision can depend on a header.
func matters(lower string) bool {
	for _, prefix := range []string{"access-control-", "cross-origin-", "timing-allow-", "vary", "allow", "location", "content-security-policy", "referrer-policy"} {
		if strings.HasPrefix(lower, prefix) {
			return true
		}
	}
	return false
}

// origin returns scheme, host and port for a Location.
func (r *run) origin() string {
	scheme, standard := "http://", "80"
	if r.listen.tls {
		scheme, standard = "https://", "443"
	}
	host := r.host
	if r.loc.on("server_name_in_redirect", "off") {
		host = r.server.firstName()
	}
	if host == "" {
		host = defaultClient
	}
	if r.loc.on("port_in_redirect", "on") && r.listen.port != standard && r.listen.port != "" {
		host += ":" + r.listen.port
	}
	return scheme + host
}
