package nodejs

import (
	"context"
	"path"
	"regexp"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// kind is the word for what this package reads.
const kind = "nodejs"

// Reader returns the reader of servers in JavaScript and TypeScript.
func Reader() server.Reader {
	return server.Reader{Kind: kind, Title: "a server in JavaScript", Recognise: recognise, Load: func(ctx context.Context, src server.Source) (*server.Model, error) {
		return load(ctx, src)
	}}
}

var (
	serverWords = regexp.MustCompile(`require\(\s*['"](node:)?(express|cors|https?|koa|@koa/\w+|fastify|@fastify/\w+|hono)['"]|from\s+['"](express|cors|(node:)?https?|koa|fastify|@fastify/\w+|hono(/[\w-]+)?|@nestjs/\w+|@hono/\w+)['"]`)
	appWords    = regexp.MustCompile(`\bapp\.(use|get|post|options|enableCors|register)\s*\(|\bres\.(header|setHeader|set|writeHead)\s*\(|\bcors\s*\(\s*[{)]|createServer\s*\(`)
	jsWords     = regexp.MustCompile(`(?m)^\s*(const|let|var|import|export|async function|function)\s`)
)

// recognise says how sure it is that a text is a server in JavaScript.
func recognise(name, text string) server.Confidence {
	if isDevServer(name, text) {
		return server.NotMine
	}
	if nextConfig.MatchString(path.Base(name)) {
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
