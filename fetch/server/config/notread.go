package config

import (
	"errors"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// askServer is what helps where no configuration is read.
const askServer = "ask the running server with corsim check, or paste one of its answers to corsim eval"

// notRead are kinds of configurations that people have and that are not read.
var notRead = []struct {
	title string
	fits  func(name, text string) bool
	help  string
}{
	{"a handler in Go", func(name, _ string) bool { return strings.HasSuffix(name, ".go") }, "test it in Go with the package conformance/corstest, or " + askServer},
	{"web.config of IIS", func(name, _ string) bool { return fetch.EqualFold(name, "web.config") }, askServer},
	{"Traefik", func(_, text string) bool {
		return strings.Contains(text, "accessControlAllow") || strings.Contains(text, "entryPoints:")
	}, askServer},
	{"Envoy", func(_, text string) bool {
		return strings.Contains(text, "allow_origin_string_match") || strings.Contains(text, "envoy.filters.")
	}, askServer},
	{"vercel.json", func(name, _ string) bool { return name == "vercel.json" }, askServer},
	{"Netlify", func(name, _ string) bool { return name == "netlify.toml" || name == "_headers" }, askServer},
	{"firebase.json", func(name, _ string) bool { return name == "firebase.json" }, askServer},
	{"Rust", func(name, _ string) bool { return strings.HasSuffix(name, ".rs") }, askServer},
	{"Elixir", func(name, _ string) bool { return strings.HasSuffix(name, ".ex") || strings.HasSuffix(name, ".exs") }, askServer},
}

// ErrUnknownKind is the cause of the error about a text that is no configuration, as far as
// corsim knows.
var ErrUnknownKind = errors.New("this is not a configuration of a kind that is read")

// unrecognised returns the error about a text that no reader takes.
func unrecognised(readers []server.Reader, src *server.Source) error {
	if problem, help := notPlain(src.Text); problem != "" {
		return refuse(src, problem, help)
	}
	name := path.Base(src.Name)
	for _, k := range notRead {
		if k.fits(name, src.Text) {
			return refuse(src, "this looks like "+k.title+", which is not read", k.help)
		}
	}
	wrong := refuse(src, ErrUnknownKind.Error(), "if it is one of these, give its kind with --kind: "+wordsOf(readers)+"; otherwise "+askServer)
	wrong.Err = ErrUnknownKind
	return wrong
}

// notPlain says why a text is not one that a server reads, and what to do; "" if it may be one.
func notPlain(text string) (problem, help string) {
	switch {
	case strings.TrimSpace(text) == "":
		return "this is empty", "give the configuration itself"
	case strings.HasPrefix(text, "\xff\xfe"), strings.HasPrefix(text, "\xfe\xff"):
		return "this is UTF-16, which servers do not read", "save it as UTF-8"
	case strings.HasPrefix(text, "\ufeff"):
		return "this begins with a byte order mark, which most servers do not read", "save it as UTF-8 without the mark"
	case !utf8.ValidString(text) || strings.Contains(text, "\x00"):
		return "this is not a text in UTF-8", "give the configuration as it was written"
	}
	return "", ""
}
