package httpcache

import (
	"strings"
	"time"

	"github.com/corsim/corsim/fetch"
)

// Directives are those of the header Cache-Control of a response that matter to the cache
// of a browser, which is a private one.
// https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2
type Directives struct {
	NoStore, NoCache, MustRevalidate, Immutable bool
	// MaxAge is valid if HasMaxAge is true.
	MaxAge    time.Duration
	HasMaxAge bool
}

// maxSeconds is more than any cache keeps a response; larger values are cut to it.
// https://www.rfc-editor.org/rfc/rfc9111#section-1.2.2
const maxSeconds = 1 << 31

// ParseDirectives parses the values of all Cache-Control headers of a response. Unknown and
// malformed directives have no effect. Of several max-age the first one counts. A no-cache
// that names headers does not count.
func ParseDirectives(h fetch.HeaderList) (d Directives) {
	for i := range h {
		if len(h[i].Name) == len("Cache-Control") && fetch.EqualFold(h[i].Name, "Cache-Control") {
			d.add(h[i].Value)
		}
	}
	return d
}

// add adds the directives of a value.
func (d *Directives) add(value string) {
	for value != "" {
		var directive string
		directive, value = cutDirective(value)
		name, argument, hasArgument := strings.Cut(strings.Trim(directive, " \t"), "=")
		switch name = fetch.ByteLowercase(strings.Trim(name, " \t")); {
		case name == "max-age" && hasArgument && !d.HasMaxAge:
			d.MaxAge, d.HasMaxAge = parseSeconds(strings.Trim(argument, " \t\""))
		case hasArgument:
		case name == "no-store":
			d.NoStore = true
		case name == "no-cache":
			d.NoCache = true
		case name == "must-revalidate":
			d.MustRevalidate = true
		case name == "immutable":
			d.Immutable = true
		}
	}
}

// cutDirective cuts a value at the first comma that is not in a quoted string.
func cutDirective(value string) (directive, rest string) {
	quoted := false
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\' && quoted:
			i++
		case c == ',' && !quoted:
			return value[:i], value[i+1:]
		}
	}
	return value, ""
}

// parseSeconds parses a number of seconds.
// https://www.rfc-editor.org/rfc/rfc9111#section-1.2.2
func parseSeconds(text string) (time.Duration, bool) {
	seconds := 0
	for i := range len(text) {
		c := text[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		seconds = min(seconds*10+int(c-'0'), maxSeconds)
	}
	return time.Duration(seconds) * time.Second, text != ""
}
