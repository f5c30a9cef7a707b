package apache

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// singleRedirect applies a Redirect that names no path.
func (r *request) singleRedirect(a *aliasConf) int {
	if a.single == nil {
		return declined
	}
	target := ""
	if a.single.expr != nil {
		target = escapeTarget(r.text(a.single.expr))
	}
	return r.redirectTo(a.single, target, a.relative)
}

// redirectList applies the first Redirect that fits.
func (r *request) redirectList(list []*redirect) int {
	for _, d := range list {
		target, ok := r.redirectTarget(d)
		if ok {
			relative := r.conf.alias != nil && r.conf.alias.relative
			return r.redirectTo(d, target, relative)
		}
	}
	return declined
}

// redirectTarget returns where a Redirect sends the path.
func (r *request) redirectTarget(d *redirect) (string, bool) {
	if d.re != nil {
		m := d.re.match(r.uri)
		if m == nil {
			return "", false
		}
		return escapeTarget(substitute(d.target, r.uri, m)), true
	}
	n := aliasMatch(r.uri, d.prefix)
	if n <= 0 {
		return "", false
	}
	return d.target + escapePath(r.uri[n:]), true
}

// redirectTo sends a redirect, or another status.
func (r *request) redirectTo(d *redirect, target string, relative bool) int {
	r.decide(server.Decision{Position: d.pos, Text: "the redirect of " + d.prefix + " applies"})
	if !isRedirect(d.status) {
		return d.status
	}
	if !relative || !strings.HasPrefix(target, "/") {
		if strings.HasPrefix(target, "/") {
			target = r.constructURL(target)
		}
		if !isURL(target) {
			return 500
		}
	}
	if r.args != "" && !strings.Contains(target, "?") {
		target += "?" + r.args
	}
	r.out.set("Location", target)
	return d.status
}

// escapeTarget escapes the path of a URL, not its query.
func escapeTarget(s string) string {
	p, rest := s, ""
	if i := strings.IndexAny(s, "?#"); i >= 0 {
		p, rest = s[:i], s[i:]
	}
	return escapePath(p) + rest
}

// escapePath escapes the bytes that may not be in the path of a URL.
func escapePath(s string) string {
	const hex = "0123456789abcdef"
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if isNameByte(c) || strings.IndexByte("$-_.+!*'(),:;@&=/~", c) >= 0 {
			out.WriteByte(c)
			continue
		}
		out.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
	}
	return out.String()
}

// cleanPath decodes a path and removes its dot segments and repeated slashes. The
// status is 0 when the path is accepted.
func cleanPath(s string, keepSlashes bool, encoded string) (string, int) {
	if s == "*" {
		return s, 0
	}
	if s == "" || s[0] != '/' {
		return s, 400
	}
	decoded, status := decodePath(s, encoded)
	if status != 0 {
		return s, status
	}
	if !strings.Contains(decoded, "/.") && !strings.Contains(decoded, "//") {
		return decoded, 0
	}
	var out []string
	parts := strings.Split(decoded[1:], "/")
	for i, p := range parts {
		last := i == len(parts)-1
		switch {
		case p == ".." && len(out) == 0:
			return s, 400
		case p == "..":
			out = out[:len(out)-1]
			if last {
				out = append(out, "")
			}
		case p == "." && last, p == "" && last:
			out = append(out, "")
		case p == ".", p == "" && !keepSlashes:
		default:
			out = append(out, p)
		}
	}
	return "/" + strings.Join(out, "/"), 0
}

// decodePath replaces %XX. A NUL is answered with status 404, and so is an encoded
// slash where AllowEncodedSlashes does not say otherwise.
func decodePath(s, encoded string) (string, int) {
	if !strings.Contains(s, "%") {
		return s, 0
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			out.WriteByte(s[i])
			continue
		}
		if i+2 >= len(s) || unhex(s[i+1]) < 0 || unhex(s[i+2]) < 0 {
			return "", 400
		}
		c := byte(unhex(s[i+1])<<4 | unhex(s[i+2]))
		switch {
		case c == 0, c == '/' && encoded != "on" && encoded != "nodecode":
			return "", 404
		case c == '/' && encoded == "nodecode":
			out.WriteByte('%')
			continue
		}
		out.WriteByte(c)
		i += 2
	}
	return out.String(), 0
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
