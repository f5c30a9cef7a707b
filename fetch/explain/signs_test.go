package explain_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// apachePage is what Apache sends for [R=200].
const apachePage = `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">
<html><head>
<title>200 OK</title>
</head><body>
<h1>OK</h1>
<p>The server encountered an internal error or
misconfiguration and was unable to complete
your request.</p>
</body></html>
`

// expressPage is what Express sends for an error in development.
const expressPage = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Error</title>
</head>
<body>
<pre>Error: Not allowed by CORS<br> &nbsp; &nbsp;at origin (/srv/server.js:12:14)<br> &nbsp; &nbsp;at /srv/node_modules/cors/lib/index.js:219:13</pre>
</body>
</html>
`

// TestSigns checks that a response that shows its cause gives this cause alone, and
// what its page says.
func TestSigns(t *testing.T) {
	for name, row := range map[string]struct {
		options fetch.WireResponse // the zero value is not a preflight
		get     fetch.WireResponse
		cause   explain.CauseCode
		says    string
	}{
		"express":        {get: page(500, "text/html; charset=utf-8", expressPage), cause: explain.CauseRefusedByCode, says: "Error: Not allowed by CORS; at origin (/srv/server.js:12:14); at /srv/node_modules/cors/lib/index.js:219:13"},
		"fastify":        {get: page(500, "application/json", `{"statusCode":500,"error":"Internal Server Error","message":"Not allowed by CORS"}`), cause: explain.CauseRefusedByCode, says: `{"statusCode":500,"error":"Internal Server Error","message":"Not allowed by CORS"}`},
		"starlette":      {options: page(400, "text/plain; charset=utf-8", "Disallowed CORS origin, headers"), cause: explain.CauseRefusedByCode, says: "Disallowed CORS origin, headers"},
		"spring":         {options: page(403, "", "Invalid CORS request"), cause: explain.CauseRefusedByCode, says: "Invalid CORS request"},
		"hapi":           {options: page(200, "application/json", `{"message":"CORS error: Missing Access-Control-Request-Method header"}`), cause: explain.CauseRefusedByCode},
		"django-host":    {get: page(400, "text/html", "<title>DisallowedHost\n at /users</title><pre>Invalid HTTP_HOST header: &#x27;api&#x27;. You may need to add &#x27;api&#x27; to ALLOWED_HOSTS.</pre>"), cause: explain.CauseHostRefused, says: "DisallowedHost; at /users; Invalid HTTP_HOST header: 'api'. You may need to add 'api' to ALLOWED_HOSTS."},
		"rails-host":     {options: page(403, "text/html", "<h1>Blocked hosts: api.example.com</h1>"), cause: explain.CauseHostRefused, says: "Blocked hosts: api.example.com"},
		"rails-csrf":     {get: page(422, "text/html", "<h1>ActionController::InvalidAuthenticityToken</h1>"), cause: explain.CauseCSRF, says: "ActionController::InvalidAuthenticityToken"},
		"laravel-csrf":   {get: page(419, "text/html", "<style>body{color:red}</style><title>Page Expired</title>"), cause: explain.CauseCSRF, says: "Page Expired"},
		"cloudflare":     {get: page(403, "text/html", "<title>Attention Required! | Cloudflare</title>"), cause: explain.CauseBotWall, says: "Attention Required! | Cloudflare"},
		"https-port":     {get: page(400, "text/plain", "Client sent an HTTP request to an HTTPS server.\n"), cause: explain.CauseHTTPSPort, says: "Client sent an HTTP request to an HTTPS server."},
		"php-warning":    {get: page(200, "text/html; charset=UTF-8", "<b>Warning</b>:  Cannot modify header information - headers already sent by (output started at /srv/a.php:1)"), cause: explain.CauseOutputBeforeHeaders, says: "Warning: Cannot modify header information - headers already sent by (output started at /srv/a.php:1)"},
		"php-mark":       {get: page(200, "text/html; charset=UTF-8", "\xEF\xBB\xBF[1,2]", "X-Powered-By: PHP/8.2.1"), cause: explain.CauseOutputBeforeHeaders, says: "\uFEFF[1,2]"},
		"apache-rewrite": {options: page(200, "text/html; charset=iso-8859-1", apachePage), cause: explain.CauseRewriteStatus, says: "200 OK; The server encountered an internal error or"},
		"nginx-if":       {options: answer(204, "Server: nginx/1.22.1", "Access-Control-Max-Age: 1728000"), cause: explain.CauseNginxIf},
		"s3":             {options: page(403, "application/xml", "<Error><Code>AccessForbidden</Code><Message>CORSResponse: CORS is not enabled for this bucket.</Message></Error>"), cause: explain.CauseRefusedByCode, says: "AccessForbidden; CORSResponse: CORS is not enabled for this bucket."},

		// A resource that speaks of CORS is not an error page, and JSON that starts with a
		// line break need not be PHP's.
		"article":     {get: page(200, "text/plain", "Error: Not allowed by CORS means that …"), cause: explain.CauseNotConfigured},
		"json-indent": {get: page(200, "application/json", "\n{}"), cause: explain.CauseNotConfigured},
		"go-empty":    {options: answer(200), cause: explain.CauseEmptyPreflight},
	} {
		t.Run(name, func(t *testing.T) {
			s, init := server{"GET " + users: row.get}, simple
			if row.options.Status != 0 {
				s, init = server{"OPTIONS " + users: row.options}, browser.FetchInit{URL: users, Method: "DELETE"}
			}
			for _, p := range browser.Profiles() {
				e, ok := explain.Explain(call(t, p, myapp+"/", s, init))
				assert.Assert(t, ok)
				assert.Check(t, e.Causes[0].Code == row.cause, "%s: %v", p.Name(), e.Causes)
				if row.says != "" {
					assert.Check(t, strings.HasPrefix(e.Says, row.says), "%s: %q", p.Name(), e.Says)
				}
			}
		})
	}
}

func TestPageText(t *testing.T) {
	long := strings.Repeat("a line of a page\n", 1000)
	for name, row := range map[string]struct {
		contentType, body, want string
	}{
		"plain":            {"text/plain", " one \n\n two\t three \n", "one\ntwo three"},
		"comments":         {"text/html", "a<!-- <b>hidden</b> -->b", "ab"},
		"script-and-style": {"text/html", "<STYLE>p{}</STYLE><script>if (a<b) x()</script><p>seen</p>", "seen"},
		"shorter-heading":  {"text/html", "<title>404 Not Found</title><h1>Not Found</h1>", "404 Not Found"},
		"inline":           {"text/html", "<p>one <b>bold</b> word</p><p>next", "one bold word\nnext"},
		"repeated-title":   {"text/html", "<title>404</title><h1>404 Not Found</h1>", "404 Not Found"},
		"no-type":          {"", "<p>seen</p>", "seen"},
		"not-text":         {"image/png", "\x89PNG", ""},
		"no-type-binary":   {"", "a\x00b", ""},
		"open-tag":         {"text/html", "one<two", "one"},
		"open-script":      {"text/html", "one<script>two", "one"},
		"json":             {"application/problem+json", `{"title":"no"}`, `{"title":"no"}`},
	} {
		t.Run(name, func(t *testing.T) {
			r := page(500, row.contentType, row.body)
			assert.Equal(t, explain.PageText(&r), row.want)
		})
	}
	r := page(500, "text/plain", long)
	assert.Check(t, len(explain.PageText(&r)) <= 2<<10+len("…"))
}
