package fix

import (
	"regexp"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// canonical returns an origin as browsers write it; "" when a text is none.
func canonical(text string) string {
	text = strings.TrimRight(strings.TrimSpace(text), "/")
	u, err := origin.ParseURL(text)
	if err != nil || !u.IsHTTP() || strings.Contains(text, "*") {
		return ""
	}
	return u.Origin().String()
}

// tightenPattern anchors the patterns that the trusted origin fits and escapes their
// dots.
func tightenPattern(t *target) []string {
	u, err := origin.ParseURL(t.trusted)
	if err != nil {
		return nil
	}
	var out []string
	host := strings.ReplaceAll(regexp.QuoteMeta(domainOf(u.Host())), `\.`, `\\{0,2}\.`)
	for _, m := range regexp.MustCompile(host).FindAllStringIndex(t.text, -1) {
		start, end := t.patternAround(m[0], m[1])
		p := pattern{text: t.text[start:end], host: m[0] - start, hostEnd: m[1] - start, isBetweenSlashes: start > 0 && t.text[start-1] == '/'}
		if !p.isPattern() && !patternMark.MatchString(t.text[:start]) {
			continue
		}
		for _, better := range p.tightened() {
			out = append(out, t.text[:start]+better+t.text[end:])
		}
	}
	return out
}

// domainOf returns the last two labels of a host, with which patterns usually end.
func domainOf(host string) string {
	labels := strings.Split(host, ".")
	return strings.Join(labels[max(0, len(labels)-2):], ".")
}

// patternAround returns the pattern that holds a part of the text: what is between
// quotes, slashes or space.
func (t *target) patternAround(start, end int) (int, int) {
	for start > 0 {
		c := t.text[start-1]
		if strings.IndexByte("\"'` \t\n~#", c) >= 0 || strings.HasSuffix(t.text[:start], "~*") || c == '/' && !t.isSlashOfPattern(start-1) {
			break
		}
		start--
	}
	for end < len(t.text) && strings.IndexByte("\"'` \t\n;#", t.text[end]) < 0 && (t.text[end] != '/' || t.isSlashOfPattern(end)) {
		end++
	}
	return start, end
}

// isSlashOfPattern reports whether a slash belongs to the pattern: it is escaped, or
// one of the two behind a scheme.
func (t *target) isSlashOfPattern(at int) bool {
	before := t.text[:at]
	return strings.HasSuffix(before, `\`) || strings.HasSuffix(before, ":") || strings.HasSuffix(before, ":/")
}

// pattern is a regular expression with the place of a host in it.
type pattern struct {
	text          string
	host, hostEnd int
	// isBetweenSlashes reports whether a slash in the pattern would end it.
	isBetweenSlashes bool
}

// patternMark matches what nginx writes in front of a pattern.
var patternMark = regexp.MustCompile(`[\s"']~\*?$`)

// isPattern reports whether a text has signs of a regular expression.
func (p pattern) isPattern() bool {
	return strings.ContainsAny(p.text, `\^$()[]?*+|`)
}

// plainDot matches a dot that is not escaped, and the character before it.
var plainDot = regexp.MustCompile(`(^|[^\\])\.`)

// dotOfName matches a dot that is not escaped behind a name or a choice of names, and
// stands for a dot of the host: nothing says how often it is repeated.
var dotOfName = regexp.MustCompile(`([A-Za-z0-9)])\.([A-Za-z0-9(]|$)`)

// tightened returns better forms of the pattern, the one with the fewest changes first.
func (p pattern) tightened() []string {
	dot := `\.`
	if strings.Contains(p.text, `\\.`) {
		dot = `\\.`
	}
	host := plainDot.ReplaceAllString(p.text[p.host:p.hostEnd], "${1}"+dot)
	before, after := dotOfName.ReplaceAllString(p.text[:p.host], "${1}"+dot+"${2}"), p.text[p.hostEnd:]
	slashes := "//"
	if strings.Contains(p.text, `\/`) || p.isBetweenSlashes {
		slashes = `\/\/`
	}
	scheme := "https:" + slashes
	var out []string
	for _, head := range heads(before, scheme, dot) {
		end := "$"
		if strings.Contains(head, `\A`) {
			end = `\z`
		}
		for _, tail := range []string{after, withEnd(after, end)} {
			out = append(out, head+host+tail)
		}
	}
	return out
}

// withEnd adds an anchor behind what follows the host.
func withEnd(after, anchor string) string {
	if strings.HasSuffix(after, "$") || strings.HasSuffix(after, `\Z`) || strings.HasSuffix(after, `\z`) {
		return after
	}
	return strings.TrimSuffix(after, ".*") + anchor
}

// anything matches the parts of patterns that stand for any text in front of a host.
var anything = regexp.MustCompile(`\(?(?:\.\*|\.\+|\[\^[^\]]*\][*+]|\\w[*+])(?:\\{1,2}\.)?\)?\??$`)

// heads returns what can be in front of a host: as it is, with an anchor, with the
// scheme https, and with subdomains instead of any text.
func heads(before, scheme, dot string) []string {
	anchored := before
	if !strings.HasPrefix(before, "^") && !strings.HasPrefix(before, `\A`) {
		anchored = "^" + before
	}
	out := []string{before}
	// An origin begins with its scheme: with an anchor before the host, the pattern fits none.
	if strings.ContainsAny(before, ":*+") || strings.Contains(before, "http") {
		out = append(out, anchored)
	}
	noOption := strings.NewReplacer("https?", "https", "http(s)?", "https", "(https?)", "https", "(http|https)", "https").Replace(anchored)
	if noOption != anchored {
		out = append(out, noOption)
	}
	subdomains := "([a-z0-9-]+" + dot + ")*"
	start := strings.TrimPrefix(strings.TrimPrefix(before, "^"), "(?i)")
	rest := anything.ReplaceAllString(start, "")
	switch {
	case rest != start && strings.HasSuffix(rest, "/"):
		return append(out, "^"+strings.Replace(rest, "https?", "https", 1)+subdomains, "^"+scheme+subdomains)
	case rest == "" && start != "":
		return append(out, "^"+scheme+subdomains)
	case start == "":
		return append(out, "^"+scheme)
	case start == `\.` || start == dot:
		return append(out, "^"+scheme+"[a-z0-9.-]+"+dot)
	}
	return out
}

// comparison is a way in which programs compare only a part of the origin, and the
// comparison of whole strings; {origin} stands for the trusted origin.
type comparison struct {
	kinds    string
	pattern  *regexp.Regexp
	template string
}

var comparisons = []comparison{
	{"nodejs", regexp.MustCompile(`([\w.?]*\w)\??\.(?:endsWith|startsWith|includes|match)\(\s*["'\x60][^"'\x60\n]*["'\x60]\s*\)`), "$1 === '{origin}'"},
	{"nodejs", regexp.MustCompile(`([\w.?]*\w)\??\.(?:indexOf|search)\(\s*["'\x60][^"'\x60\n]*["'\x60]\s*\)\s*(?:!==?|>=?|===?)\s*-?[01]`), "$1 === '{origin}'"},
	{"nodejs", regexp.MustCompile(`(["'\x60][^"'\x60\n]*["'\x60])\.includes\(`), "$1.split(',').includes("},
	{"nodejs", regexp.MustCompile(`\b(\w+)\??\.(?:includes|startsWith|endsWith|match)\(\s*(\w+)\s*\)`), "$1 === $2"},
	{"nodejs", regexp.MustCompile(`\b(\w+)\??\.(?:indexOf|search)\(\s*(\w+)\s*\)\s*(?:!==?|>=?|===?)\s*-?[01]`), "$1 === $2"},
	{"nodejs", regexp.MustCompile(`\b(\w+)\.(includes|indexOf)\(`), "$1.split(',').$2("},
	{"flask fastapi django", regexp.MustCompile(`([\w.]*\w)\.(?:endswith|startswith)\(\s*["'][^"'\n]*["']\s*\)`), "$1 == '{origin}'"},
	{"flask fastapi django", regexp.MustCompile(`["'][^"'\n]*["']\s+in\s+(\w+)\b`), "$1 == '{origin}'"},
	{"flask fastapi django", regexp.MustCompile(`\b(\w+)\.(?:endswith|startswith)\(\s*(\w+)\s*\)`), "$1 == $2"},
	{"flask fastapi django", regexp.MustCompile(`\b(?:if|and|or|not)\s+(\w+)\s+in\s+(\w+)\b`), "if $1 in $2.split(',')"},
	{"php", regexp.MustCompile(`str_(?:ends_with|starts_with|contains)\(\s*(\$\w+)\s*,\s*(\$\w+)\s*\)`), "$1 === $2"},
	{"php", regexp.MustCompile(`str(?:r|i|ri)?pos\(\s*(\$\w+)\s*,\s*(\$\w+)\s*\)\s*(?:!==?|===?)\s*(?:false|0)`), "$1 === $2"},
	{"php", regexp.MustCompile(`str_(?:ends_with|starts_with|contains)\(\s*(\$\w+(?:\[[^\]]*\])?)\s*,\s*["'][^"'\n]*["']\s*\)`), "$1 === '{origin}'"},
	{"php", regexp.MustCompile(`str(?:r|i|ri)?pos\(\s*(\$\w+(?:\[[^\]]*\])?)\s*,\s*["'][^"'\n]*["']\s*\)\s*(?:!==?|===?)\s*(?:false|0)`), "$1 === '{origin}'"},
	{"haproxy", regexp.MustCompile(`hdr_(?:beg|end|sub|dom)\((\w+)\)((?:\s+-i)?)\s+\S+`), "hdr($1)$2 {origin}"},
	{"haproxy", regexp.MustCompile(`-m\s+(?:beg|end|sub|dom)((?:\s+-i)?)\s+\S+`), "-m str$1 {origin}"},
	{"caddy", regexp.MustCompile(`(header\s+Origin\s+)\S+`), "${1}{origin}"},
}

// compareWhole compares whole origins.
func compareWhole(t *target) []string {
	if t.trusted == "" {
		return nil
	}
	var out []string
	for _, c := range comparisons {
		if !strings.Contains(c.kinds, t.notation.kinds[0]) {
			continue
		}
		template := strings.ReplaceAll(c.template, "{origin}", t.trusted)
		for _, m := range c.pattern.FindAllStringSubmatchIndex(t.text, -1) {
			out = append(out, t.text[:m[0]]+string(c.pattern.ExpandString(nil, template, t.text, m))+t.text[m[1]:])
		}
	}
	return out
}

// onlySecure writes https instead of http in the origins of lists.
func onlySecure(t *target) []string {
	var out []string
	for _, p := range t.places(server.SubjectOrigins) {
		out = append(out, p.replaced(t.text, strings.ReplaceAll(p.of(t.text), "http://", "https://")))
	}
	return out
}
