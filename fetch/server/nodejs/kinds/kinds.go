// Package kinds recognises the texts that package nodejs reads, without its engine: a
// program that has no JavaScript engine says by this package what it cannot read.
package kinds

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// Server returns the reader of servers in JavaScript and TypeScript, without its
// function Load.
func Server() server.Reader {
	return server.Reader{Kind: "nodejs", Title: "a server in JavaScript", Recognise: recognise}
}

// DevServers returns the readers of Vite, webpack-dev-server and Create React App,
// without their functions Load.
func DevServers() (out []server.Reader) {
	for _, d := range devServers {
		out = append(out, server.Reader{Kind: d.kind, Title: d.title, Recognise: d.recognise})
	}
	return out
}

// IsNextConfig reports whether the file of a path has the name of the configuration of
// Next.js.
func IsNextConfig(name string) bool { return nextConfig.MatchString(path.Base(name)) }

var (
	nextConfig  = regexp.MustCompile(`^next\.config\.[cm]?[jt]s$`)
	serverWords = regexp.MustCompile(`require\(\s*['"](node:)?(express|cors|https?|koa|@koa/\w+|fastify|@fastify/\w+|hono)['"]|from\s+['"](express|cors|(node:)?https?|koa|fastify|@fastify/\w+|hono(/[\w-]+)?|@nestjs/\w+|@hono/\w+)['"]`)
	appWords    = regexp.MustCompile(`\bapp\.(use|get|post|options|enableCors|register)\s*\(|\bres\.(header|setHeader|set|writeHead)\s*\(|\bcors\s*\(\s*[{)]|createServer\s*\(`)
	jsWords     = regexp.MustCompile(`(?m)^\s*(const|let|var|import|export|async function|function)\s`)
)

// recognise says how sure it is that a text is a server in JavaScript.
func recognise(name, text string) server.Confidence {
	if slices.ContainsFunc(devServers, func(d devServer) bool { return d.recognise(name, text) != server.NotMine }) {
		return server.NotMine
	}
	if IsNextConfig(name) {
		return server.Certain
	}
	ending := fetch.ByteLowercase(path.Ext(name))
	script := strings.Contains(" .js .mjs .cjs .ts .mts .cts .jsx .tsx ", " "+ending+" ")
	switch {
	case script && (serverWords.MatchString(text) || appWords.MatchString(text)):
		return server.Certain
	case serverWords.MatchString(text):
		return server.Likely
	case script:
		return server.Likely
	case appWords.MatchString(text) && !strings.Contains(text, "<?php"):
		return server.Likely
	case jsWords.MatchString(text) && strings.Contains(text, "process.env"):
		return server.Possible
	}
	return server.NotMine
}

// devServer is a server for development, which passes requests on to a server behind it.
type devServer struct {
	kind, title string
	names       *regexp.Regexp // of its files
	words       *regexp.Regexp // that its text has; nil for none
}

var devServers = []devServer{
	{"vite", "a configuration of Vite", regexp.MustCompile(`^(vite|vitest)\.config\.[cm]?[jt]s$`), nil},
	{"webpack-dev-server", "a configuration of webpack-dev-server", regexp.MustCompile(`^webpack[.-](config|dev|development|common|serve|base)[\w.-]*\.[cm]?[jt]s$|^vue\.config\.[cm]?js$`), nil},
	{"create-react-app", "the proxy of Create React App", regexp.MustCompile(`^package\.json$|^setupProxy\.[cm]?[jt]s$`), regexp.MustCompile(`"proxy"\s*:|createProxyMiddleware|http-proxy-middleware`)},
}

// recognise says how sure it is that a text is a configuration of the server: by the
// name of its file, or by a name in a comment in its first line.
func (d devServer) recognise(name, text string) server.Confidence {
	head, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	named := strings.TrimSpace(strings.TrimPrefix(head, "//"))
	switch {
	case d.words != nil && !d.words.MatchString(text):
		return server.NotMine
	case d.names.MatchString(path.Base(name)):
		return server.Certain
	case strings.HasPrefix(head, "//") && d.names.MatchString(path.Base(named)):
		return server.Certain
	}
	return server.NotMine
}
