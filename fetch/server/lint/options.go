package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// library is software that takes options about CORS and ignores those that it does not
// know.
type library struct {
	kind string
	// uses matches texts that use the library.
	uses *regexp.Regexp
	// call matches what is in front of the options, with the name of a variable that
	// holds them as its group, if there is one.
	call *regexp.Regexp
	// option matches an option's name, as its group.
	option *regexp.Regexp
	known  []string
}

// jsOption matches the name of a property at the beginning of a line or behind a brace
// or a comma.
var jsOption = regexp.MustCompile(`(?m)(?:^|[{,])\s*['"]?([A-Za-z_]\w*)['"]?\s*:`)

// libraries are the libraries whose options are known, from their own documentation.
var libraries = []library{
	{"nodejs", regexp.MustCompile(`['"]@fastify/cors['"]`), regexp.MustCompile(`register\(\s*(?:\w+|require\([^)]*\)|import\([^)]*\))\s*,\s*(\w*)`), jsOption, []string{
		"origin", "methods", "allowedHeaders", "exposedHeaders", "credentials", "maxAge", "cacheControl", "preflight", "preflightContinue",
		"optionsSuccessStatus", "strictPreflight", "hideOptionsRoute", "hook", "logLevel", "delegator", "prefix",
	}},
	{"nodejs", regexp.MustCompile(`['"]@koa/cors['"]`), regexp.MustCompile(`\bcors\(\s*(\w*)`), jsOption, []string{
		"origin", "allowMethods", "allowHeaders", "exposeHeaders", "credentials", "maxAge", "keepHeadersOnError", "secureContext", "privateNetworkAccess",
	}},
	{"nodejs", regexp.MustCompile(`['"]hono/cors['"]`), regexp.MustCompile(`\bcors\(\s*(\w*)`), jsOption, []string{
		"origin", "allowMethods", "allowHeaders", "exposeHeaders", "credentials", "maxAge",
	}},
	{"nodejs", regexp.MustCompile(`['"]cors['"]`), regexp.MustCompile(`\bcors\(\s*(\w*)`), jsOption, []string{
		"origin", "methods", "allowedHeaders", "headers", "exposedHeaders", "credentials", "maxAge", "preflightContinue", "optionsSuccessStatus",
	}},
	{"flask", regexp.MustCompile(`\bflask_cors\b`), regexp.MustCompile(`\bCORS\(()`), regexp.MustCompile(`[(,]\s*([a-z_]+)\s*=`), []string{
		"app", "origins", "methods", "allow_headers", "expose_headers", "supports_credentials", "max_age", "send_wildcard", "vary_header", "resources",
		"intercept_exceptions", "always_send", "automatic_options", "allow_private_network", "headers",
	}},
	{"laravel", regexp.MustCompile(`'paths'`), regexp.MustCompile(`return\s*()`), regexp.MustCompile(`(?m)^\s*'(\w+)'\s*=>`), []string{
		"paths", "allowed_methods", "allowed_origins", "allowed_origins_patterns", "allowed_headers", "exposed_headers", "max_age", "supports_credentials",
	}},
}

// settings are names of settings that belong to a library by their beginning.
var settings = []library{
	{"django", nil, nil, regexp.MustCompile(`(?m)^(CORS_\w+)\s*=`), []string{
		"CORS_ALLOWED_ORIGINS", "CORS_ALLOWED_ORIGIN_REGEXES", "CORS_ALLOW_ALL_ORIGINS", "CORS_URLS_REGEX", "CORS_ALLOW_METHODS", "CORS_ALLOW_HEADERS",
		"CORS_EXPOSE_HEADERS", "CORS_PREFLIGHT_MAX_AGE", "CORS_ALLOW_CREDENTIALS", "CORS_ALLOW_PRIVATE_NETWORK", "CORS_ORIGIN_ALLOW_ALL",
		"CORS_ORIGIN_WHITELIST", "CORS_ORIGIN_REGEX_WHITELIST", "CORS_MODEL", "CORS_REPLACE_HTTPS_REFERER",
	}},
}

// written is an option with its place in a text.
type written struct {
	name string
	at   int // byte offset
}

// unknownOptions returns the options that the libraries of a kind do not know.
func unknownOptions(kind, text string) []written {
	text = withoutComments(kind, text)
	for _, l := range libraries {
		if l.kind == kind && l.uses.MatchString(text) {
			return l.unknown(l.options(text))
		}
	}
	for _, l := range settings {
		if l.kind == kind {
			return l.unknown(l.named(text, 0, len(text)))
		}
	}
	return nil
}

// lineComment matches comments up to the end of a line.
var lineComment = regexp.MustCompile(`(?m)(^|\s)(//|#).*$`)

// withoutComments writes space instead of comments.
func withoutComments(kind, text string) string {
	return lineComment.ReplaceAllStringFunc(text, func(s string) string {
		if kind == "nodejs" && !strings.Contains(s, "//") {
			return s
		}
		return strings.Repeat(" ", len(s))
	})
}

func (l *library) unknown(all []written) []written {
	return slices.DeleteFunc(all, func(w written) bool { return slices.Contains(l.known, w.name) })
}

// options returns the options of each call: those of the literal in it, or of the
// variable that it names.
func (l *library) options(text string) []written {
	var out []written
	for _, m := range l.call.FindAllStringSubmatchIndex(text, -1) {
		if name := text[m[2]:m[3]]; name != "" {
			at := regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b(?::\s*[\w.]+)?\s*=\s*\{`).FindStringIndex(text)
			if at != nil {
				out = append(out, l.literal(text, at[1]-1)...)
			}
			continue
		}
		if open := text[m[1]-1 : m[1]]; l.kind == "flask" && open == "(" {
			out = append(out, l.literal(text, m[1]-1)...)
		} else if m[1] < len(text) && strings.IndexByte("{[", text[m[1]]) >= 0 {
			out = append(out, l.literal(text, m[1])...)
		}
	}
	return out
}

// literal returns the options of the literal or the arguments that begin at an offset,
// without those of inner literals.
func (l *library) literal(text string, at int) []written {
	flat := []byte(text[at:])
	depth, end := 0, len(flat)
	for i := 0; i < end; i++ {
		switch c := flat[i]; c {
		case '"', '\'', '`':
			first := i + 1
			for i++; i < end && flat[i] != c; i++ {
			}
			if text := flat[first:min(i, end)]; depth > 1 || !isName(string(text)) {
				copy(text, strings.Repeat(" ", len(text)))
			}
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				end = i
			}
		default:
			if depth > 1 && c != '\n' {
				flat[i] = ' '
			}
		}
	}
	padded := strings.Repeat(" ", at) + string(flat[:end])
	return l.named(padded, at, len(padded))
}

// isName reports whether a text may be the name of an option.
func isName(s string) bool {
	return strings.TrimLeft(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-") == ""
}

// named returns the options that are between two offsets.
func (l *library) named(text string, from, to int) []written {
	var out []written
	for rest := from; rest < to; {
		m := l.option.FindStringSubmatchIndex(text[rest:to])
		if m == nil {
			break
		}
		out = append(out, written{text[rest+m[2] : rest+m[3]], rest + m[2]})
		rest += m[3]
	}
	return out
}

// likely returns the known option whose name is the most similar; "" when none is.
func likely(kind, text, name string) string {
	plain := func(s string) string {
		return strings.NewReplacer("_", "", "-", "", "allowed", "allow", "allows", "allow", "exposed", "expose").Replace(fetch.ByteLowercase(s))
	}
	best, least := "", 4
	for _, l := range slices.Concat(libraries, settings) {
		if l.kind != kind || l.uses != nil && !l.uses.MatchString(text) {
			continue
		}
		for _, known := range l.known {
			if d := distance(plain(known), plain(name)); d < least || bare(plain(name)) == bare(plain(known)) && best == "" {
				best, least = known, min(d, least)
			}
		}
		break
	}
	return best
}

// bare leaves out what some libraries put around a word: allow in front, s behind.
func bare(name string) string { return strings.TrimSuffix(strings.TrimPrefix(name, "allow"), "s") }

// distance returns how many letters differ between two words.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		previous := row[0]
		row[0] = i + 1
		for j := range b {
			cost := previous
			if a[i] != b[j] {
				cost++
			}
			previous = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

func optionUnknown() Rule {
	return Rule{
		ID: "option-unknown", Severity: Fragile, Proof: ProofStatic,
		Title: "An option about CORS that the software does not know has no effect.",
		Why: "Libraries ignore options that they do not know, and keep their default: often every origin, or every method. The names differ between libraries: " +
			"allowedHeaders in one is allowHeaders in another.",
		Before: Example{"js", "const cors = require('cors');\napp.use(cors({ origins: ['https://myapp.com'] }));"},
		After:  Example{"js", "const cors = require('cors');\napp.use(cors({ origin: ['https://myapp.com'] }));"},
		run: func(p *prober) error {
			if p.Model == nil {
				return nil
			}
			for _, w := range unknownOptions(p.Model.Kind, p.Text) {
				fix := "Remove it, or write the name that the documentation has."
				if name := likely(p.Model.Kind, p.Text, w.name); name != "" {
					fix = "Write " + name + "."
				}
				p.reportStatic(Fragile, p.Text, w.at, fix, "The option %s is not known to the software, and has no effect.", w.name)
			}
			return nil
		},
	}
}

// reportStatic adds a finding about a place of the text. The response to the stranger is
// its evidence.
func (p *prober) reportStatic(s Severity, text string, at int, fix, format string, args ...any) {
	f := p.report(s, p.actual(), fix, format, args...)
	f.Position = server.PositionAt(text, at)
	f.Position.File = p.File
}
