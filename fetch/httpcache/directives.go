package httpcache

import (
	"strconv"
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
	// StaleWhileRevalidate is how long a response that is no longer fresh may be used while the
	// server is asked in the background; 0 if it may not.
	// https://httpwg.org/specs/rfc5861.html#n-the-stale-while-revalidate-cache-control-extension
	StaleWhileRevalidate time.Duration
}

// maxSeconds is more than any cache keeps a response; larger values are cut to it.
// https://www.rfc-editor.org/rfc/rfc9111#section-1.2.2
const maxSeconds = 1 << 31

// ParseDirectives parses the values of all Cache-Control headers of a response. Unknown and
// malformed directives have no effect. Of several max-age the first one counts. A no-cache
// that names headers does not count.
func ParseDirectives(h fetch.HeaderList) (d Directives) {
	new(Syntax).parse(&d, h)
	return d
}

// Syntax says how a browser reads Cache-Control in its own way. The zero value is the standard.
type Syntax struct {
	// Exact: a directive with an argument has no space before the equals sign, and no quotes.
	Exact bool
	// NoStoreWithArgument: no-store counts whatever its argument is.
	NoStoreWithArgument bool
	// NoCacheWithEmptyArgument: no-cache counts if nothing follows the equals sign.
	NoCacheWithEmptyArgument bool
	// Decimals: a number of seconds may have a sign, decimals and an exponent, and ends at a
	// separator.
	Decimals bool
	// Tokens: the value is read token by token. What is not expected ends it; any argument of
	// no-cache and no-store is ignored, and of several equal directives the last one counts.
	Tokens bool
}

// parse adds the directives of all Cache-Control headers.
func (x *Syntax) parse(d *Directives, h fetch.HeaderList) {
	joined := ""
	for i := range h {
		if len(h[i].Name) != len("Cache-Control") || !fetch.EqualFold(h[i].Name, "Cache-Control") {
			continue
		}
		value := h[i].Value
		if !x.Tokens {
			d.add(value, x)
		} else if joined == "" {
			joined = value
		} else if value != "" {
			joined += "," + value
		}
	}
	d.addTokens(joined)
}

// add adds the directives of a value.
func (d *Directives) add(value string, x *Syntax) {
	for value != "" {
		var directive string
		directive, value = cutDirective(value)
		name, argument, hasArgument := strings.Cut(strings.Trim(directive, " \t"), "=")
		if argument = strings.Trim(argument, " \t"); !x.Exact {
			name, argument = strings.Trim(name, " \t"), strings.Trim(argument, "\"")
		}
		switch name = fetch.ByteLowercase(name); {
		case name == "max-age" && hasArgument && !d.HasMaxAge:
			d.MaxAge, d.HasMaxAge = x.seconds(argument)
		case name == "stale-while-revalidate" && hasArgument && d.StaleWhileRevalidate == 0:
			d.StaleWhileRevalidate, _ = x.seconds(argument)
		case name == "no-store" && (!hasArgument || x.NoStoreWithArgument):
			d.NoStore = true
		case name == "no-cache" && (!hasArgument || argument == "" && x.NoCacheWithEmptyArgument):
			d.NoCache = true
		case hasArgument:
		case name == "must-revalidate":
			d.MustRevalidate = true
		case name == "immutable":
			d.Immutable = true
		}
	}
}

// seconds parses the number of seconds of a directive.
func (x *Syntax) seconds(text string) (time.Duration, bool) {
	if !x.Decimals {
		return parseSeconds(text)
	}
	if i := strings.IndexAny(text, "()<>@;:\\\"/[]?={}"); i >= 0 {
		text = text[:i]
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n >= 0) {
		return 0, false
	}
	return time.Duration(min(n, maxSeconds) * float64(time.Second)), true
}

// addTokens adds the directives of a value that is read token by token.
func (d *Directives) addTokens(value string) {
	for more := true; more; {
		value = strings.TrimLeft(value, " \t")
		n := 0
		for n < len(value) && isWordByte(value[n]) {
			n++
		}
		name := fetch.ByteLowercase(value[:n])
		value = value[n:]
		switch name {
		case "":
			return
		case "no-store":
			d.NoStore = true
		case "no-cache":
			d.NoCache, value = true, skipDirective(value)
		case "must-revalidate":
			d.MustRevalidate = true
		case "immutable":
			d.Immutable = true
		case "max-age":
			d.MaxAge, d.HasMaxAge, value = cutSeconds(value)
		case "stale-while-revalidate":
			d.StaleWhileRevalidate, _, value = cutSeconds(value)
		case "public", "private":
		default:
			value = skipDirective(value)
		}
		value, more = strings.CutPrefix(strings.TrimLeft(value, " \t"), ",")
	}
}

func isWordByte(c byte) bool { return c == '-' || c == '_' || isDigit(c) || isLetter(c) }

// skipDirective returns what follows a directive, with its comma.
func skipDirective(value string) string {
	directive, _ := cutDirective(value)
	return value[len(directive):]
}

// cutSeconds cuts an equals sign and digits from a value. Without them the whole directive is
// skipped.
func cutSeconds(value string) (seconds time.Duration, ok bool, rest string) {
	digits, ok := strings.CutPrefix(strings.TrimLeft(value, " \t"), "=")
	digits = strings.TrimLeft(digits, " \t")
	n := countDigits(digits)
	// The number has 32 bits.
	if count, err := strconv.ParseUint(digits[:n], 10, 32); ok && err == nil {
		return time.Duration(count) * time.Second, true, digits[n:]
	}
	return 0, false, skipDirective(value)
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
