package nodejs_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
)

// What a program reads and sets of the request and the response is what Express 4 and
// 5 give it. Express itself gave these answers.
func TestRequestProperties(t *testing.T) {
	for name, c := range map[string]struct{ text, want4, want5 string }{
		"url is rewritten":       {`app.use((q, s, n) => { q.url = '/b?x=1'; n(); }); app.get('/b', (q, s) => s.send(q.path + q.query.x + q.originalUrl));`, "/b2/a/7?x=2&y=3", "/b1/a/7?x=2&y=3"},
		"method is replaced":     {`app.use((q, s, n) => { q.method = 'PUT'; n(); }); app.put('/a/:id', (q, s) => s.send(q.method + q.params.id)); app.get('/a/:id', (q, s) => s.send('no'));`, "PUT7", "PUT7"},
		"headers change":         {`app.use((q, s, n) => { q.headers.origin = 'o'; n(); }); app.use((q, s) => s.send(q.get('Origin') + q.headers.host));`, "oapi.example.com", "oapi.example.com"},
		"headers are replaced":   {`app.use((q, s, n) => { q.headers = { origin: 'o' }; n(); }); app.use((q, s) => s.send(q.get('Origin') + q.get('host')));`, "oundefined", "oundefined"},
		"mounted":                {`const r = express.Router({ mergeParams: true }); r.get('/:b', (q, s) => s.send([q.url, q.baseUrl, q.originalUrl, JSON.stringify(q.params)].join(' '))); app.use('/:a', r);`, `/7?x=2&y=3 /a /a/7?x=2&y=3 {"a":"a","b":"7"}`, `/7?x=2&y=3 /a /a/7?x=2&y=3 {"a":"a","b":"7"}`},
		"assigned":               {`app.use((q, s, n) => { Object.assign(q, { body: { a: 1 }, params: { z: 1 }, extra: 2 }); n(); }); app.use((q, s) => s.send(JSON.stringify([q.body, q.params, q.extra])));`, `[{"a":1},{},2]`, `[{"a":1},{},2]`},
		"locals":                 {`app.use((q, s, n) => { s.locals.a = 1; n(); }); app.use((q, s) => s.send(String(s.locals.a) + (s.req === q) + (q.res === s) + (q.next === undefined)));`, "1truetruefalse", "1truetruefalse"},
		"query is replaced":      {`app.use((q, s, n) => { Object.defineProperty(q, 'query', { value: { x: 9 }, writable: true }); n(); }); app.use((q, s) => s.send(String(q.query.x)));`, "9", "9"},
		"an object made of it":   {`app.use((q, s) => { const o = Object.create(q); o.url = '/z'; s.send(o.url + q.url + o.method); });`, "/z/a/7?x=2&y=3GET", "/z/a/7?x=2&y=3GET"},
		"a next of a next":       {`app.use((q, s, n) => { const old = n; n = () => old(); setTimeout(n, 5); }); app.get('/a/:id', (q, s, n) => n(), (q, s, n) => n('route')); app.use((q, s) => s.send('end ' + q.params.id));`, "end undefined", "end undefined"},
		"route":                  {`app.get('/a/:id', (q, s) => s.send(q.route.path));`, "/a/:id", "/a/:id"},
		"parsers without bodies": {`app.use(express.json()); app.use((q, s) => s.send(JSON.stringify(q.body) + ('body' in q)));`, "{}true", "null"},
	} {
		t.Run(name, func(t *testing.T) {
			for version, want := range map[string]string{"4.22.3": c.want4, "5.3.0": c.want5} {
				src := server.Source{Text: "const express = require('express'), app = express();\n" + c.text + "\napp.listen(3000);", EnvComplete: true, Versions: map[string]string{"express": version}}
				a, err := ask(t, src, request("GET", "/a/7?x=2&y=3", "Origin: https://myapp.com"))
				assert.NilError(t, err)
				assert.Equal(t, a.Body, want, version)
			}
		})
	}
}
