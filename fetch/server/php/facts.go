package php

import (
	"path"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// subjects are what the CORS headers are about.
var subjects = map[string]server.Subject{
	"access-control-allow-origin": server.SubjectOrigins, "access-control-allow-methods": server.SubjectMethods,
	"access-control-allow-headers": server.SubjectHeaders, "access-control-expose-headers": server.SubjectExposed,
	"access-control-allow-credentials": server.SubjectCredentials, "access-control-max-age": server.SubjectMaxAge,
}

// facts returns what the calls of header() in a file say.
func facts(src *source, code bool) []server.Fact {
	var out []server.Fact
	tokens := tokenize(src.text, code)
	for i := 0; i+2 < len(tokens); i++ {
		if tokens[i].kind != tokenName || fetch.ByteLowercase(tokens[i].text) != "header" || tokens[i+1].text != "(" {
			continue
		}
		t := tokens[i+2]
		if t.kind != tokenString && t.kind != tokenTemplate {
			continue
		}
		name, v, colon := strings.Cut(t.text, ":")
		subject, ok := subjects[fetch.ByteLowercase(strings.TrimSpace(name))]
		if !ok || !colon {
			continue
		}
		v = strings.TrimSpace(v)
		if end := tokens[i+3]; end.text == "." {
			v += "{" + strings.TrimSpace(rest(src.text, tokens, i+4)) + "}"
		}
		out = append(out, server.Fact{Position: pos{src, tokens[i].at}.position(), Subject: subject, Value: v})
	}
	return out
}

// rest returns the text from a token to the end of the call it is in.
func rest(text string, tokens []token, i int) string {
	start := tokens[i].at
	for depth := 0; i < len(tokens); i++ {
		switch tokens[i].text {
		case "(", "[":
			depth++
		case ")", "]":
			if depth == 0 {
				return text[start:tokens[i].at]
			}
			depth--
		case ";", ",":
			if depth == 0 {
				return text[start:tokens[i].at]
			}
		}
	}
	return ""
}

// notGivenFile is a file that a program includes and that is not given.
type notGivenFile struct {
	name string
	at   server.Position
}

// notGiven returns the files that are named in full and are not given.
func (p *program) notGiven(src *source, code bool) []notGivenFile {
	var out []notGivenFile
	tokens := tokenize(src.text, code)
	for i, t := range tokens {
		switch word := fetch.ByteLowercase(t.text); {
		case t.kind != tokenName:
			continue
		case word != "include" && word != "include_once" && word != "require" && word != "require_once":
			continue
		}
		name, plain := "", true
		for _, n := range tokens[i+1:] {
			if n.kind == tokenEnd || n.text == ";" {
				break
			}
			switch {
			case n.kind == tokenString:
				name += n.text
			case n.kind == tokenName && n.text == "__DIR__", n.text == ".", n.text == "(", n.text == ")":
			default:
				plain = false
			}
		}
		file := strings.TrimPrefix(name, "/")
		if !plain || file == "" || harmless(file) {
			continue
		}
		if p.has(path.Join(path.Dir(src.name), file)) || p.has(path.Clean(file)) {
			continue
		}
		out = append(out, notGivenFile{file, pos{src, t.at}.position()})
	}
	return out
}
