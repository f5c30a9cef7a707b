package apache

import "strings"

// variableOf returns a variable of the request's environment. When a program was
// started, the variables that it gets are in it too.
func (r *request) variableOf(name string) (string, bool) {
	if v, ok := r.env.get(name); ok || !r.common {
		return v, ok
	}
	return r.programVariable(name)
}

// programVariable returns a variable that the server sets for programs.
func (r *request) programVariable(name string) (string, bool) {
	if header, ok := strings.CutPrefix(name, "HTTP_"); ok {
		return r.headerVariable(header)
	}
	switch name {
	case "CONTENT_TYPE":
		return r.in.get("Content-Type")
	case "CONTENT_LENGTH":
		return r.in.get("Content-Length")
	case "SERVER_SIGNATURE":
		return "", true
	case "GATEWAY_INTERFACE":
		return "CGI/1.1", true
	case "REQUEST_METHOD", "QUERY_STRING", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "REQUEST_SCHEME", "DOCUMENT_ROOT", "SCRIPT_FILENAME", "REMOTE_ADDR":
		return r.variable(name, r.conf.pos), true
	case "REQUEST_URI":
		first := r
		for first.prev != nil {
			first = first.prev
		}
		return first.raw, true
	case "SCRIPT_NAME":
		return strings.TrimSuffix(r.uri, r.pathInfo), true
	case "PATH_INFO":
		return r.pathInfo, r.pathInfo != ""
	}
	return "", false
}

// headerVariable returns the request header of a variable such as HTTP_ORIGIN.
func (r *request) headerVariable(name string) (string, bool) {
	for _, h := range r.in.rows {
		if same(h.Name, "Authorization") || same(h.Name, "Proxy-Authorization") || same(h.Name, "Proxy") || same(h.Name, "Content-Type") || same(h.Name, "Content-Length") {
			continue
		}
		if upper(strings.ReplaceAll(h.Name, "-", "_")) == name {
			return h.Value, true
		}
	}
	return "", false
}
