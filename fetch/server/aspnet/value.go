package aspnet

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// value is a value of a program: nil, bool, string, float64, *list, *policy,
// *policyList, *lambda, *uri, *section, *marker, *unknown, or what middleware gets of a
// request.
type value any

// list is an array, a list or a set.
type list struct{ items []value }

// unknown is a value that is not known.
type unknown struct{ err *server.UnknownError }

// lambda is a function as a value.
type lambda struct {
	file *file
	fn   *syntax.Lambda
	env  *scope
}

// native is a function of the framework as a value.
type native struct{ call func(args []value) value }

// uri is a System.Uri.
type uri struct{ scheme, host, port string }

// section is a section of the configuration.
type section struct{ key string }

// marker is an object of the framework, such as the service collection.
type marker struct{ name string }

// texts returns values as strings, those of lists one by one. The second result is not
// nil when one of them is not known.
func (m *machine) texts(at pos, values ...value) ([]string, *unknown) {
	var out []string
	for _, v := range values {
		switch v := v.(type) {
		case nil:
		case *unknown:
			return nil, v
		case *list:
			more, u := m.texts(at, v.items...)
			if u != nil {
				return nil, u
			}
			out = append(out, more...)
		case string, bool, float64:
			out = append(out, text(v))
		default:
			return nil, m.unknown(at, "the text of an object", "write it as a text, or give its value with --set")
		}
	}
	return out, nil
}

// text returns a known value as a string.
func text(v value) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		if v {
			return "True"
		}
		return "False"
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// unknownIn returns the first value that is not known.
func unknownIn(values ...value) *unknown {
	for _, v := range values {
		switch v := v.(type) {
		case *unknown:
			return v
		case *list:
			if u := unknownIn(v.items...); u != nil {
				return u
			}
		}
	}
	return nil
}

// parseURI is new Uri(s); nil when that throws.
func parseURI(s string) *uri {
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok || scheme == "" {
		return nil
	}
	authority := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority = rest[:i]
	}
	authority = authority[strings.LastIndexByte(authority, '@')+1:]
	host, port := authority, ""
	if i := strings.LastIndexByte(authority, ':'); i >= 0 && !strings.HasSuffix(authority, "]") {
		host, port = authority[:i], authority[i+1:]
	}
	if host == "" || strings.ContainsAny(host, " \\") {
		return nil
	}
	out := &uri{fetch.ByteLowercase(scheme), fetch.ByteLowercase(host), port}
	if port == "" {
		out.port = map[string]string{"http": "80", "https": "443"}[out.scheme]
	}
	return out
}

// member returns a property of a Uri.
func (u *uri) member(name string) (value, bool) {
	switch name {
	case "Host", "IdnHost", "DnsSafeHost":
		return u.host, true
	case "Scheme":
		return u.scheme, true
	case "Port":
		n, _ := strconv.ParseFloat(u.port, 64)
		return n, true
	case "IsLoopback":
		return u.host == "localhost" || u.host == "loopback" || strings.HasPrefix(u.host, "127.") || u.host == "[::1]", true
	case "Authority":
		if u.port == "80" && u.scheme == "http" || u.port == "443" && u.scheme == "https" {
			return u.host, true
		}
		return u.host + ":" + u.port, true
	}
	return nil, false
}
