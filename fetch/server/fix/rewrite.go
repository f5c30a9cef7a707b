package fix

import (
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// rewrite makes candidates for a finding: whole texts, the best first.
type rewrite func(*target) []string

// listOrigin writes the origins that should be allowed instead of a value that allows
// more.
func listOrigin(t *target) []string {
	if t.trusted == "" {
		return nil
	}
	var out []string
	for _, p := range t.places(server.SubjectOrigins) {
		if p.start == p.end && p.form != inString {
			continue
		}
		origins := t.origins(p.value)
		if _, isHeader := headerNamed(p); isHeader {
			origins = origins[:1] // a response names one origin
			out = append(out, t.withHeaderValue(p, origins[0]))
			continue
		}
		by := p.listed(t.text, t.notation, origins)
		if one := t.notation.oneOrigin; one != nil && one.MatchString(t.text) {
			by = t.notation.quote + origins[0] + t.notation.quote
		}
		out = append(out, p.replaced(t.text, by))
	}
	return append(out, t.openOptions()...)
}

// headerNamed returns the name of the header that a place sets; ok is false when it is
// an option.
func headerNamed(p place) (name string, ok bool) {
	return p.label, strings.HasPrefix(fetch.ByteLowercase(p.label), "access-control-")
}

// withHeaderValue returns the text in which a place sets its header to a value.
func (t *target) withHeaderValue(p place, v string) string {
	switch p.form {
	case words:
		if t.notation.quotesWords || strings.ContainsAny(v, " ,") {
			v = `"` + v + `"`
		}
		return p.replaced(t.text, v)
	case inString:
		return t.withStringRest(p, v)
	}
	quote := t.notation.quote
	return p.replaced(t.text, quote+v+quote)
}

// withStringRest replaces the rest of a string, with what the program appends to it:
// header("Name: " . $value).
func (t *target) withStringRest(p place, v string) string {
	line := startOfLine(t.text, p.start)
	i := strings.LastIndexAny(t.text[line:p.start], `"'`)
	if i < 0 {
		return p.replaced(t.text, v)
	}
	quote := t.text[line+i : line+i+1]
	end := endOfExpression(t.text, line+i)
	begin := p.name + len(p.label)
	return t.text[:begin] + ": " + v + quote + t.text[end:]
}

// openOption is an option that allows every origin without a list, and what allows a
// list instead; {origins} stands for it.
type openOption struct {
	kind     string
	pattern  *regexp.Regexp
	template string
}

var openOptions = []openOption{
	{"nodejs", regexp.MustCompile(`\bcors\(\s*\)`), "cors({ origin: {origins} })"},
	{"nodejs", regexp.MustCompile(`\bcors\(\{(\s*)(\w+:)`), "cors({${1}origin: {origins}, ${2}"},
	{"flask", regexp.MustCompile(`\bCORS\((\w+)\s*([,)])`), "CORS($1, origins={origins}$2"},
	{"django", regexp.MustCompile(`(?m)^CORS_(?:ALLOW_ALL_ORIGINS|ORIGIN_ALLOW_ALL)\s*=\s*True.*\n`), ""},
	{"django", regexp.MustCompile(`(?m)^CORS_(?:ALLOW_ALL_ORIGINS|ORIGIN_ALLOW_ALL)\s*=\s*True`), "CORS_ALLOWED_ORIGINS = {origins}"},
	{"fastapi", regexp.MustCompile(`\ballow_origin_regex\s*=\s*[^,)\n]+`), "allow_origins={origins}"},
	{"aspnet", regexp.MustCompile(`\bAllowAnyOrigin\(\)|\bSetIsOriginAllowed\([^()]*(?:\([^()]*\)[^()]*)*\)`), "WithOrigins({items})"},
}

// openOptions replaces options that allow every origin.
func (t *target) openOptions() []string {
	var out []string
	quote := t.notation.quote
	item := quote + t.trusted + quote
	for _, o := range openOptions {
		if !slices.Contains(t.notation.kinds, o.kind) {
			continue
		}
		template := strings.NewReplacer("{origins}", "["+item+"]", "{items}", item).Replace(o.template)
		for _, m := range o.pattern.FindAllStringSubmatchIndex(t.text, -1) {
			out = append(out, t.text[:m[0]]+string(o.pattern.ExpandString(nil, template, t.text, m))+t.text[m[1]:])
		}
	}
	return out
}

// removeOrigin removes origins from lists: those of the finding, or one that is given.
func removeOrigin(fixed ...string) rewrite {
	return func(t *target) []string {
		unwanted := fixed
		if len(unwanted) == 0 {
			unwanted = []string{t.Origin}
			for _, p := range t.places(server.SubjectOrigins) {
				for _, item := range p.items(t.text) {
					if strings.Contains(t.Text, item) && item != t.trusted && strings.Contains(item, ":") {
						unwanted = append(unwanted, item)
					}
				}
			}
		}
		return t.withoutItems(server.SubjectOrigins, unwanted)
	}
}

// withoutItems removes items from the values about a subject: all that a value has, or
// one.
func (t *target) withoutItems(about server.Subject, items []string) []string {
	var all, out []string
	for _, p := range t.places(about) {
		rest := p
		text := t.text
		for _, item := range items {
			s := rest.removed(text, item)
			if s == "" {
				continue
			}
			out = append(out, p.replaced(t.text, firstNonEmpty(p.removed(t.text, item), p.of(t.text))))
			text = rest.replaced(text, s)
			rest.end = rest.start + len(s)
		}
		if text != t.text {
			all = append(all, text)
		}
	}
	return append(all, out...)
}

// dropLiteral removes a quoted origin from any list of the text.
func dropLiteral(t *target) []string {
	var out []string
	q := `(?:"` + regexp.QuoteMeta(t.Origin) + `"|'` + regexp.QuoteMeta(t.Origin) + `')`
	for _, pattern := range []string{`,\s*` + q, q + `\s*,[ \t]*`} {
		for _, m := range regexp.MustCompile(pattern).FindAllStringIndex(t.text, -1) {
			out = append(out, t.text[:m[0]]+t.text[m[1]:])
		}
	}
	return out
}

func firstNonEmpty(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// addOrigin adds the trusted origin to a list.
func addOrigin(t *target) []string {
	if t.trusted == "" {
		return nil
	}
	var out []string
	for _, p := range t.places(server.SubjectOrigins) {
		if _, isHeader := headerNamed(p); isHeader {
			continue
		}
		if s := p.added(t.text, t.trusted); s != "" {
			out = append(out, p.replaced(t.text, s))
		}
		out = append(out, p.replaced(t.text, p.listed(t.text, t.notation, t.origins(p.value))))
	}
	return out
}

// canonicalOrigin writes the origins of the text as browsers do.
func canonicalOrigin(t *target) []string {
	var out []string
	for _, p := range t.places(server.SubjectOrigins) {
		changed := p.of(t.text)
		for _, item := range p.items(t.text) {
			if meant := canonical(item); meant != "" && meant != item {
				changed = strings.ReplaceAll(changed, item, meant)
			}
		}
		out = append(out, p.replaced(t.text, changed))
	}
	return out
}

// addTo adds the method or the header of a finding, or what pages usually send, to what
// is allowed.
func addTo(about server.Subject, usual []string, missing func(*target) string) rewrite {
	return func(t *target) []string {
		item := missing(t)
		var out []string
		for _, p := range t.places(about) {
			if s := p.added(t.text, item); item != "" && s != "" {
				out = append(out, p.replaced(t.text, s))
			}
			if strings.Trim(p.of(t.text), `[]"' `) == "*" || item == "" {
				out = append(out, t.withList(p, usual))
			}
		}
		if item != "" && !slices.ContainsFunc(usual, func(s string) bool { return fetch.EqualFold(s, item) }) {
			usual = append(slices.Clone(usual), item)
		}
		return append(out, t.withSibling(about, usual)...)
	}
}

// withList returns the text in which a place has a list of items.
func (t *target) withList(p place, items []string) string {
	if _, isHeader := headerNamed(p); isHeader {
		return t.withHeaderValue(p, strings.Join(items, ", "))
	}
	return p.replaced(t.text, p.listed(t.text, t.notation, items))
}

// usualMethods and usualHeaders are what pages usually need.
var (
	usualMethods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}
	usualHeaders = []string{"Content-Type", "Authorization"}
)

func missingMethod(t *target) string {
	if fetch.IsCORSSafelistedMethod(t.method) {
		return ""
	}
	return t.method
}

func missingHeader(t *target) string { return t.header }

// nameAuthorization adds Authorization to a list that is an asterisk.
func nameAuthorization(t *target) []string {
	var out []string
	for _, p := range t.places(server.SubjectHeaders) {
		if s := p.added(t.text, "Authorization"); s != "" {
			out = append(out, p.replaced(t.text, s))
		}
		out = append(out, t.withList(p, []string{"*", "Authorization"}), t.withList(p, usualHeaders))
	}
	return out
}

// nameInstead writes lists instead of asterisks.
func nameInstead(t *target) []string {
	both := t.text
	var out []string
	for _, list := range []struct {
		about server.Subject
		items []string
	}{{server.SubjectMethods, usualMethods}, {server.SubjectHeaders, usualHeaders}} {
		for _, p := range t.places(list.about) {
			if strings.Trim(p.of(t.text), `[]()"' `) != "*" {
				continue
			}
			out = append(out, t.withList(p, list.items))
			u := *t
			u.text = both
			for _, q := range u.places(list.about) {
				if strings.Trim(q.of(both), `[]()"' `) == "*" {
					both = u.withList(q, list.items)
					break
				}
			}
		}
	}
	return append([]string{both}, out...)
}

// mapValues changes the values about a subject.
func mapValues(about server.Subject, change func(string) string) rewrite {
	return func(t *target) []string {
		var out []string
		for _, p := range t.places(about) {
			out = append(out, p.replaced(t.text, change(p.of(t.text))))
		}
		return out
	}
}

// separators matches what is between items of lists by mistake.
var separators = regexp.MustCompile(`\s*[;|]\s*|([A-Za-z])[ \t]+([A-Z])`)

func commas(s string) string {
	return separators.ReplaceAllStringFunc(s, func(m string) string {
		if strings.ContainsAny(m, ";|") {
			return ", "
		}
		return m[:1] + ", " + m[len(m)-1:]
	})
}

// maxAge is a number of seconds that every browser takes, and that is not longer
// than the longest that Chromium keeps.
const maxAge = "7200"

// boundMaxAge writes a number of seconds within bounds, in the quotes of the old value.
func boundMaxAge(s string) string {
	inner := strings.Trim(s, `"'`)
	return strings.Replace(s, inner, maxAge, 1)
}

// removeNamed removes an item that the finding's text names from a list.
func removeNamed(about server.Subject) rewrite {
	return func(t *target) []string {
		var items []string
		for _, p := range t.places(about) {
			for _, item := range p.items(t.text) {
				if item != "" && strings.Contains(t.Text, "names "+item+",") {
					items = append(items, item)
				}
			}
		}
		return t.withoutItems(about, items)
	}
}
