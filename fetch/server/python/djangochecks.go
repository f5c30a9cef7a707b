package python

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// check reports what the system checks of django-cors-headers refuse.
func (c *djangoCORS) check(h *djangoHost, named map[string]value, origins, regexps, all string) error {
	if !h.installed("corsheaders") {
		return nil
	}
	stop := func(name, id, text string) error {
		return &server.StartError{Position: h.where[name], Message: "SystemCheckError: (corsheaders." + id + ") " + text}
	}
	for _, x := range []struct {
		name, id string
		v        value
	}{{"CORS_ALLOW_HEADERS", "E001", c.headers}, {"CORS_ALLOW_METHODS", "E002", c.methods}, {origins, "E006", named[origins]}, {regexps, "E007", named[regexps]}, {"CORS_EXPOSE_HEADERS", "E008", c.expose}} {
		if !isSequence(x.v) {
			return stop(x.name, x.id, x.name+" should be a sequence of strings.")
		}
	}
	if !isKind(c.creds, "bool") {
		return stop("CORS_ALLOW_CREDENTIALS", "E003", "CORS_ALLOW_CREDENTIALS should be a bool.")
	}
	if n, ok := asInt(c.maxAge); firstUnknown(c.maxAge) == nil && (!ok || n < 0) {
		return stop("CORS_PREFLIGHT_MAX_AGE", "E004", "CORS_PREFLIGHT_MAX_AGE should be an integer greater than or equal to zero.")
	}
	if !isKind(named[all], "bool") {
		return stop(all, "E005", all+" should be a bool.")
	}
	items, _, err := (&interp{}).iterateAt(nil, at0, named[origins])
	if err != nil {
		return err
	}
	for _, x := range items {
		s, ok := x.(string)
		if !ok || s == "null" || s == "file://" {
			continue
		}
		scheme, netloc, rest := splitURL(s)
		if scheme == "" || netloc == "" {
			return stop(origins, "E013", "Origin "+quote(s)+" in "+origins+" is missing scheme or netloc")
		}
		if rest != "" && rest != "?" && rest != "#" {
			part := map[byte]string{'/': "path", '?': "query", '#': "fragment"}[rest[0]]
			return stop(origins, "E014", "Origin "+quote(s)+" in "+origins+" should not have "+part)
		}
	}
	if v, ok := h.settings["CORS_MODEL"]; ok && v != nil {
		return stop("CORS_MODEL", "E012", "The CORS_MODEL setting has been removed - see django-cors-headers' HISTORY.")
	}
	return nil
}

// isSequence reports whether a value is a list or a tuple of strings; a string is
// one too.
func isSequence(v value) bool {
	var items []value
	switch v := v.(type) {
	case *unknown, string:
		return true
	case *list:
		items = v.items
	case *tuple:
		items = v.items
	default:
		return false
	}
	return !slices.ContainsFunc(items, func(x value) bool {
		switch x.(type) {
		case string, *pattern, *unknown, ellipsis:
			return false
		}
		return true
	})
}

func isKind(v value, kind string) bool { return firstUnknown(v) != nil || typeName(v) == kind }

// installed reports whether an application is in INSTALLED_APPS.
func (h *djangoHost) installed(name string) bool {
	items, _, err := (&interp{}).iterateAt(nil, at0, h.setting("INSTALLED_APPS", &list{}))
	if err != nil {
		return false
	}
	return slices.ContainsFunc(items, func(x value) bool { s, ok := x.(string); return ok && (s == name || strings.HasPrefix(s, name+".")) })
}
