package fix

import (
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// substitution changes the words of statements in a whole text.
type substitution struct {
	kinds   []string
	pattern *regexp.Regexp
	// unless matches statements that stay as they are; nil matches none.
	unless   *regexp.Regexp
	template string
}

// corsHeader matches the names of headers that are about CORS.
const corsHeader = `(?:Access-Control-[A-Za-z-]+|Vary)`

// alwaysSent makes statements that leave errors out apply to all responses.
var alwaysSent = []substitution{
	{[]string{"nginx", "ingress-nginx"}, regexp.MustCompile(`(?mi)^([ \t]*add_header[ \t]+["']?` + corsHeader + `["']?[ \t][^;\n]*?)[ \t]*;`), regexp.MustCompile(`always;?$`), "$1 always;"},
	{[]string{"apache"}, regexp.MustCompile(`(?mi)^([ \t]*)Header[ \t]+(?:onsuccess[ \t]+)?((?:set|add|append|merge|setifempty)[ \t]+"?` + corsHeader + `)`), nil, "${1}Header always $2"},
	{[]string{"haproxy"}, regexp.MustCompile(`(?mi)^([ \t]*)http-response([ \t]+(?:set|add)-header[ \t]+"?` + corsHeader + `)`), nil, "${1}http-after-response$2"},
}

// sentOnce makes statements that add a second line replace the first, or hides the
// header of the application.
var sentOnce = []substitution{
	{[]string{"nginx"}, regexp.MustCompile(`(?mi)^([ \t]*)(add_header[ \t]+["']?Access-Control-Allow-Origin)`), nil, "${1}proxy_hide_header Access-Control-Allow-Origin;\n$1$2"},
	{[]string{"apache"}, regexp.MustCompile(`(?mi)^[ \t]*Header[ \t]+(?:onsuccess[ \t]+)?(?:set|add)[ \t]+"?Access-Control-[^\n]*\n`), nil, ""},
	{[]string{"apache"}, regexp.MustCompile(`(?mi)^[ \t]*Header[ \t]+always[ \t]+(?:set|add)[ \t]+"?Access-Control-Allow-Origin[^\n]*\n`), nil, ""},
	{[]string{"apache"}, regexp.MustCompile(`(?mi)^([ \t]*)(Header[ \t]+always[ \t]+set[ \t]+"?Access-Control-Allow-Origin)`), nil, "${1}Header onsuccess unset Access-Control-Allow-Origin\n$1$2"},
	{[]string{"apache"}, regexp.MustCompile(`(?mi)^([ \t]*Header[ \t]+(?:always[ \t]+|onsuccess[ \t]+)?)add([ \t]+"?Access-Control-)`), nil, "${1}set$2"},
	{[]string{"haproxy"}, regexp.MustCompile(`(?mi)^([ \t]*http-(?:after-)?response[ \t]+)add-header([ \t]+"?Access-Control-)`), nil, "${1}set-header$2"},
	{[]string{"php"}, regexp.MustCompile(`(?i)(header\(\s*["']Access-Control-[^)]*?),\s*false\s*\)`), nil, "$1)"},
	{[]string{"nodejs"}, regexp.MustCompile(`(?i)\.append(\(\s*["']Access-Control-)`), nil, ".set$1"},
	{[]string{"flask", "fastapi"}, regexp.MustCompile(`(?i)\.headers\.(?:add|append)\(\s*(["']Access-Control-[A-Za-z-]+["'])\s*,\s*([^\n]+)\)`), nil, ".headers[$1] = $2"},
	{[]string{"caddy"}, regexp.MustCompile(`(?m)^([ \t]*)reverse_proxy([ \t]+[^{\n]+?)[ \t]*$`), nil, "${1}reverse_proxy$2 {\n$1\theader_down -Access-Control-Allow-Origin\n$1}"},
	{[]string{"caddy"}, regexp.MustCompile(`(?m)^([ \t]*reverse_proxy[ \t]+[^{\n]*\{)`), nil, "$1\n\t\theader_down -Access-Control-Allow-Origin"},
}

// deniedQuietly refuses an origin without an error.
var deniedQuietly = []substitution{
	{[]string{"nodejs"}, regexp.MustCompile(`\b(\w+)\(\s*new Error\((?:"[^"]*"|'[^']*'|\x60[^\x60]*\x60)?\)\s*(?:,[^()]*)?\)`), nil, "$1(null, false)"},
	{[]string{"nodejs"}, regexp.MustCompile(`\b(\w+)\(\s*["'][^"'\n]*["']\s*(?:,\s*false\s*)?\)`), nil, "$1(null, false)"},
}

// acceptedStatus answers preflights with a status that browsers accept.
var acceptedStatus = []substitution{
	{[]string{"nodejs"}, regexp.MustCompile(`(optionsSuccessStatus\s*:\s*)\d+`), nil, "${1}204"},
	{[]string{"nodejs"}, regexp.MustCompile(`(\.(?:sendStatus|writeHead|status|code)\(\s*)(?:[1345]\d\d)\b`), nil, "${1}204"},
	{[]string{"nginx"}, regexp.MustCompile(`(if \(\$request_method[^)]*OPTIONS[^)]*\)\s*\{[^}]*return\s+)(?:[1345]\d\d)`), nil, "${1}204"},
	{[]string{"apache"}, regexp.MustCompile(`(\[[^\]]*R=)(?:[345]\d\d)`), nil, "${1}204"},
	{[]string{"php"}, regexp.MustCompile(`(http_response_code\(\s*)(?:[1345]\d\d)`), nil, "${1}204"},
	{[]string{"caddy"}, regexp.MustCompile(`(respond[ \t]+@\w+[ \t]+(?:"[^"]*"[ \t]+)?)(?:[1345]\d\d)`), nil, "${1}204"},
	{[]string{"haproxy"}, regexp.MustCompile(`(return[ \t]+status[ \t]+)(?:[1345]\d\d)`), nil, "${1}204"},
}

// trimmedItems trims the items of a list that a program splits.
var trimmedItems = []substitution{
	{[]string{"nodejs"}, regexp.MustCompile(`(\.split\(\s*["'\x60],["'\x60]\s*\))`), nil, "$1.map((s) => s.trim())"},
	{[]string{"flask", "django", "fastapi"}, regexp.MustCompile(`(\b[\w.]+(?:\([^()]*\))?\.split\(["'],["']\))`), nil, "[s.strip() for s in $1]"},
	{[]string{"rack-cors"}, regexp.MustCompile(`(\.split\(["'],["']\))`), nil, "$1.map(&:strip)"},
	{[]string{"laravel"}, regexp.MustCompile(`(explode\(["'],["']\s*,\s*[^()]*(?:\([^()]*\))?[^()]*\))`), nil, "array_map('trim', $1)"},
}

// noDebugger switches a debugger off.
var noDebugger = []substitution{
	{[]string{"flask"}, regexp.MustCompile(`(\bdebug\s*=\s*|\[['"]DEBUG['"]\]\s*=\s*)True`), nil, "${1}False"},
}

// substitute makes candidates of a table: the whole text changed, and each place
// alone.
func substitute(table []substitution) rewrite {
	return func(t *target) []string {
		var out, single []string
		for _, s := range table {
			if !slices.Contains(s.kinds, t.model.Kind) {
				continue
			}
			whole := t.text
			places := s.pattern.FindAllStringSubmatchIndex(t.text, -1)
			for _, m := range slices.Backward(places) {
				if s.unless != nil && s.unless.MatchString(t.text[m[0]:m[1]]) {
					continue
				}
				by := string(s.pattern.ExpandString(nil, s.template, t.text, m))
				whole = whole[:m[0]] + by + whole[m[1]:]
				single = append(single, t.text[:m[0]]+by+t.text[m[1]:])
			}
			out = append(out, whole)
		}
		return append(out, single...)
	}
}

// repeatOuter repeats the statements of an outer block in the block of the statement
// that takes them away.
func repeatOuter(t *target) []string {
	at := t.offset()
	if at == len(t.text) {
		return nil
	}
	indent := indentAt(t.text, at)
	var lines []string
	for _, f := range t.model.Policy {
		if f.Position.File != t.file || f.Position.Line == 0 || f.Position.Line == t.Position.Line {
			continue
		}
		start := lineStart(t.text, f.Position.Line)
		line := strings.TrimSpace(t.text[start:endOfLine(t.text, start)])
		if i := strings.LastIndex(line, "add_header"); i > 0 {
			line = line[i:]
		}
		if strings.HasPrefix(line, "add_header") && strings.HasSuffix(line, ";") && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	column := at + max(0, t.Position.Column-1)
	return []string{
		t.text[:at] + indent + strings.Join(lines, "\n"+indent) + "\n" + t.text[at:],
		t.text[:column] + strings.Join(lines, " ") + " " + t.text[column:],
	}
}

// statementAt returns the offsets of the whole lines of the statement that begins in a
// line.
func statementAt(text string, line int) (start, end int) {
	start = lineStart(text, line)
	at := start + len(indentAt(text, min(start, len(text))))
	end = endOfExpression(text, at)
	for end < len(text) && text[end] == ',' {
		end = endOfExpression(text, end+1)
	}
	return start, min(endOfLine(text, min(end, len(text)))+1, len(text))
}

// dropPolicy removes one of several policies.
func dropPolicy(t *target) []string {
	positions := t.positions(server.SubjectOrigins)
	var lines []int
	for _, p := range positions {
		if !slices.Contains(lines, p.Line) {
			lines = append(lines, p.Line)
		}
	}
	var out []string
	if len(lines) < 2 {
		return nil
	}
	for _, line := range lines {
		start, end := statementAt(t.text, line)
		out = append(out, t.text[:start]+t.text[end:])
	}
	return out
}

// middleware is the entry of the CORS middleware in the settings of Django.
var middleware = regexp.MustCompile(`[ \t]*["']corsheaders\.middleware\.CorsMiddleware["'],?[ \t]*\n?`)

// middlewareList matches the beginning of the list of Django's middleware.
var middlewareList = regexp.MustCompile(`(?m)^MIDDLEWARE(?:_CLASSES)?\s*\+?=\s*[\[(][ \t]*\n?`)

// moveFirst puts the CORS middleware in front of what answers first.
func moveFirst(t *target) []string {
	if t.model.Kind == "django" {
		return moveEntry(t.text)
	}
	if t.notation.first == nil {
		return nil
	}
	var out []string
	for _, p := range t.positions(server.SubjectOrigins) {
		start, end := statementAt(t.text, p.Line)
		statement := t.text[start:end]
		if !strings.HasSuffix(statement, "\n") {
			statement += "\n"
		}
		rest := t.text[:start] + t.text[end:]
		for _, m := range t.notation.first.FindAllStringIndex(t.text[:start], -1) {
			at := startOfLine(rest, m[0]+1)
			out = append(out, rest[:at]+statement+rest[at:])
		}
	}
	return out
}

// moveEntry moves the CORS middleware to the beginning of Django's list.
func moveEntry(text string) []string {
	entry, list := middleware.FindStringIndex(text), middlewareList.FindStringIndex(text)
	if entry == nil || list == nil || entry[0] < list[1] {
		return nil
	}
	moved := text[entry[0]:entry[1]]
	if !strings.Contains(moved, ",") {
		moved = strings.TrimRight(moved, " \t\n") + ", "
	}
	return []string{text[:list[1]] + moved + text[list[1]:entry[0]] + text[entry[1]:]}
}

// dropEntry removes the line of an origin from a table, such as a map of nginx or an
// array with one item a line.
func dropEntry(t *target) []string {
	var out []string
	for at := 0; at < len(t.text); {
		end := endOfLine(t.text, at)
		line := t.text[at:end]
		if namesOrigin(line, t.Origin) && !strings.Contains(line, t.trusted) {
			out = append(out, t.text[:at]+t.text[min(end+1, len(t.text)):])
		}
		at = end + 1
	}
	return out
}

// namesOrigin reports whether a line names an origin as it is or as a pattern.
func namesOrigin(line, origin string) bool {
	plain := strings.ReplaceAll(line, `\`, "")
	return origin != "" && strings.Contains(plain, origin)
}

// dropRepeated removes a statement that sets Access-Control-Allow-Origin once more.
func dropRepeated(t *target) []string {
	all := headerPlaces(t.text, headerOf[server.SubjectOrigins])
	if len(all) < 2 {
		return nil
	}
	var out []string
	for _, p := range slices.Backward(all) {
		start, end := startOfLine(t.text, p.name), min(endOfLine(t.text, p.end)+1, len(t.text))
		out = append(out, t.text[:start]+t.text[end:])
	}
	return out
}

// renameOption writes the name that the finding's fix gives instead of the one that
// the software does not know.
func renameOption(t *target) []string {
	name, ok := strings.CutPrefix(strings.TrimSuffix(t.Fix, "."), "Write ")
	if !ok || t.Position.Line == 0 {
		return nil
	}
	line := lineStart(t.text, t.Position.Line)
	at := line + len(string([]rune(t.text[line:endOfLine(t.text, line)])[:t.Position.Column-1]))
	end := at
	for end < len(t.text) && isWordByte(t.text[end]) {
		end++
	}
	return []string{t.text[:at] + name + t.text[end:]}
}

// beginWithTag removes what is before the first tag of PHP.
func beginWithTag(t *target) []string {
	_, rest, ok := strings.Cut(t.text, "<?php")
	if !ok {
		return nil
	}
	return []string{"<?php" + rest}
}

// corsAnnotation matches the line of an annotation of ingress-nginx about CORS.
var corsAnnotation = regexp.MustCompile(`(?m)^([ \t]*)(["']?)nginx\.ingress\.kubernetes\.io/cors-`)

// enableAnnotations adds the annotation without which those about CORS have no effect.
func enableAnnotations(t *target) []string {
	m := corsAnnotation.FindStringSubmatchIndex(t.text)
	if m == nil {
		return nil
	}
	indent, quote := t.text[m[2]:m[3]], t.text[m[4]:m[5]]
	return []string{t.text[:m[0]] + indent + quote + "nginx.ingress.kubernetes.io/enable-cors" + quote + ": \"true\"\n" + t.text[m[0]:]}
}
