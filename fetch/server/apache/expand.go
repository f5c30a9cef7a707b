package apache

import "strings"

// expand replaces variables, back-references and map look-ups in a text. unsafe is
// true when a "?" came from a replacement.
func (w *rewriting) expand(s string, rule *rewriteRule) (text string, unsafe bool) {
	if !strings.ContainsAny(s, `\$%`) {
		return s, false
	}
	var out strings.Builder
	marked := false
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '\\':
			if i+1 < len(s) {
				i++
			}
			out.WriteByte(s[i])
			i++
		case (c == '%' || c == '$') && i+1 < len(s) && s[i+1] == '{':
			end := closingCurly(s, i+2)
			if end < 0 {
				out.WriteString(s[i : i+2])
				i += 2
				continue
			}
			var v string
			if c == '%' {
				v = w.lookup(s[i+2 : end])
			} else {
				v = w.mapped(s[i+2:end], rule)
			}
			out.WriteString(v)
			i = end + 1
			unsafe = unsafe || !marked && strings.Contains(v, "?")
		case (c == '%' || c == '$') && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9':
			from := w.rule
			if c == '%' {
				from = w.cond
			}
			v := group(from.source, from.match, int(s[i+1]-'0'))
			if rule != nil && rule.flags["B"] {
				v = escapeBackref(v, rule)
			}
			out.WriteString(v)
			i += 2
			unsafe = unsafe || !marked && strings.Contains(v, "?")
		default:
			marked = marked || c == '?'
			out.WriteByte(c)
			i++
		}
	}
	return out.String(), unsafe
}

// closingCurly returns where the braces that are open at a position end; -1 if they
// do not.
func closingCurly(s string, from int) int {
	depth := 1
	for i := from; i < len(s); i++ {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// mapped looks a key up in a RewriteMap: "name:key|default".
func (w *rewriting) mapped(s string, rule *rewriteRule) string {
	name, rest, ok := strings.Cut(s, ":")
	if !ok {
		return ""
	}
	key, standard, _ := cutOutside(rest)
	key, _ = w.expand(key, rule)
	m := w.r.host.maps[name]
	if m == nil {
		m = w.r.m.main.maps[name]
	}
	if m != nil {
		switch m.function {
		case "tolower":
			return lower(key)
		case "toupper":
			return upper(key)
		}
		if v, ok := m.entries[key]; ok {
			return v
		}
	}
	standard, _ = w.expand(standard, rule)
	return standard
}

// cutOutside cuts at the first "|" that is outside braces.
func cutOutside(s string) (before, after string, found bool) {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '{':
			depth++
		case s[i] == '}':
			depth--
		case s[i] == '|' && depth == 0:
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// lookup returns the value of a variable of mod_rewrite.
func (w *rewriting) lookup(name string) string {
	r := w.r
	word := upper(name)
	switch {
	case strings.HasPrefix(word, "ENV:"):
		if v, ok := r.env.get(name[4:]); ok {
			return v
		}
		return r.m.src.Env[name[4:]]
	case strings.HasPrefix(word, "SSL:"):
		return ""
	case strings.HasPrefix(word, "HTTP:"):
		return w.header(name[5:])
	}
	if h := headerOf[word]; h != "" {
		return w.header(h)
	}
	switch word {
	case "REQUEST_FILENAME", "SCRIPT_FILENAME":
		return r.filename
	case "HTTP_COOKIE":
		return w.header("Cookie")
	}
	if !strings.Contains(exprVariables, " "+word+" ") {
		return ""
	}
	switch word {
	case "CONTENT_TYPE", "HANDLER", "DOCUMENT_URI", "REQUEST_STATUS", "HTTP2":
		return ""
	}
	return r.variable(word, r.at)
}

// header returns a request header and notes it for Vary.
func (w *rewriting) header(name string) string {
	v, ok := w.r.in.get(name)
	if ok && !same(name, "Host") {
		w.varyOne = append(w.varyOne, name)
	}
	return v
}

// escapeBackref escapes a back-reference as the flag B says.
func escapeBackref(s string, rule *rewriteRule) string {
	const hex = "0123456789abcdef"
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		escape := rule.escapes == "" || strings.IndexByte(rule.escapes, c) >= 0
		if rule.flags["BCTLS"] {
			escape = c <= ' ' || c == 127
		}
		switch {
		case !escape || strings.IndexByte(rule.spared, c) >= 0 || isNameByte(c):
			out.WriteByte(c)
		case c == ' ' && !rule.flags["BNP"]:
			out.WriteByte('+')
		default:
			out.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
		}
	}
	return out.String()
}

// absolute returns the length of a URL's scheme with its slashes; 0 for a path.
func absolute(s string) int {
	l := lower(s[:min(len(s), 12)])
	for _, scheme := range []string{"ajp://", "balancer://", "fcgi://", "ftp://", "gopher://", "https://", "http://", "h2c://", "h2://", "ldap://", "nntp://", "scgi://", "uwsgi://", "wss://", "ws://", "mailto:", "news:"} {
		if strings.HasPrefix(l, scheme) {
			return len(scheme)
		}
	}
	return 0
}

// splitQuery moves the query of a new path to the request's query.
func (r *request) splitQuery(rule *rewriteRule) {
	if rule.flags["noquery"] {
		r.args = ""
		return
	}
	if rule.flags["QSD"] {
		r.args = ""
	}
	skip := absolute(r.filename)
	i := strings.IndexByte(r.filename[skip:], '?')
	if rule.flags["QSL"] {
		i = strings.LastIndexByte(r.filename[skip:], '?')
	}
	if i < 0 {
		return
	}
	query := r.filename[skip+i+1:]
	r.filename = r.filename[:skip+i]
	switch {
	case !rule.flags["QSA"]:
		r.args = query
	case query != "":
		r.args = query + "&" + r.args
	}
	r.args = strings.TrimSuffix(r.args, "&")
}

// qualify makes the path a URL of this server.
func (r *request) qualify() {
	if absolute(r.filename) > 0 {
		return
	}
	if !strings.HasPrefix(r.filename, "/") {
		r.filename = "/" + r.filename
	}
	r.filename = r.constructURL(r.filename)
}

// reduce removes scheme and host of this server.
func (r *request) reduce() {
	scheme := r.scheme() + "://"
	if !strings.HasPrefix(lower(r.filename), scheme) {
		return
	}
	rest := r.filename[len(scheme):]
	hostPort, uri, _ := strings.Cut(rest, "/")
	name, port, hasPort := strings.Cut(hostPort, ":")
	if !r.m.matchesHost(r.host, name) {
		return
	}
	if hasPort && atoi(port) != r.port() || !hasPort && r.port() != r.defaultPort() {
		return
	}
	r.filename = "/" + uri
	r.reduced = true
}
