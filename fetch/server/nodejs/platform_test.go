package nodejs_test

import (
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
)

// The functions of platforms answer with what they return or do.
func TestPlatforms(t *testing.T) {
	for name, c := range map[string]struct{ file, text, get, preflight string }{
		"lambda":                               {"index.js", `exports.handler = async (event) => { const headers = { 'Access-Control-Allow-Origin': event.headers.origin }; return event.httpMethod === 'OPTIONS' ? { statusCode: 204, headers } : { statusCode: 200, headers, body: event.path }; };`, "200 https://myapp.com", "204 https://myapp.com"},
		"lambda, callback":                     {"index.js", `module.exports.handler = (event, context, callback) => { callback(null, { statusCode: 201, headers: { 'Access-Control-Allow-Origin': '*' }, body: '' }); };`, "201 *", "201 *"},
		"lambda, version 2":                    {"index.mjs", `export const handler = async ({ requestContext, headers }) => ({ statusCode: requestContext.http.method === 'GET' ? 200 : 405, headers: { 'access-control-allow-origin': headers.Origin } });`, "200 https://myapp.com", "405 https://myapp.com"},
		"function (req) of the Fetch Standard": {"api.mjs", `export default async (req, context) => new Response('', { status: 200, headers: { 'Access-Control-Allow-Origin': req.headers.get('origin') } });`, "200 https://myapp.com", "200 https://myapp.com"},
		"function (req, res)":                  {"index.js", `exports.hello = (req, res) => { res.set('Access-Control-Allow-Origin', '*'); if (req.method === 'OPTIONS') res.status(204).send(''); else res.send('x'); };`, "200 *", "204 *"},
		"firebase with cors inside":            {"index.js", `const functions = require('firebase-functions'), cors = require('cors')({ origin: true }); exports.f = functions.region('x').https.onRequest((req, res) => cors(req, res, () => res.send('x')));`, "200 https://myapp.com", "204 https://myapp.com"},
		"firebase with the option":             {"index.js", `const { onRequest } = require('firebase-functions/v2/https'); exports.f = onRequest({ cors: ['https://myapp.com'] }, (req, res) => res.send('x'));`, "200 https://myapp.com", "204 https://myapp.com"},
		"functions framework":                  {"index.js", `require('@google-cloud/functions-framework').http('f', (req, res) => { res.set('Access-Control-Allow-Origin', '*'); res.send('x'); });`, "200 *", "200 *"},
		"Deno":                                 {"main.ts", `Deno.serve((req: Request) => new Response('x', { headers: { 'Access-Control-Allow-Origin': Deno.env.get('O') ?? '*' } }));`, "200 *", "200 *"},
		"serve of Deno's library":              {"main.ts", `import { serve } from 'https://deno.land/std@0.168.0/http/server.ts'; serve(async (req) => new Response(null, { status: 204, headers: { 'Access-Control-Allow-Origin': '*' } }));`, "204 *", "204 *"},
		"Bun":                                  {"main.ts", `Bun.serve({ port: 3000, fetch(req) { return new Response('x', { headers: { 'Access-Control-Allow-Origin': '*' } }); } });`, "200 *", "200 *"},
		"service worker":                       {"worker.js", `addEventListener('fetch', event => event.respondWith(new Response('x', { headers: { 'Access-Control-Allow-Origin': '*' } })));`, "200 *", "200 *"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, r := range []struct{ method, want string }{{"GET", c.get}, {"OPTIONS", c.preflight}} {
				a, err := ask(t, server.Source{Name: c.file, Text: c.text, EnvComplete: true}, request(r.method, "/api", "Origin: https://myapp.com", "Access-Control-Request-Method: PUT"))
				assert.NilError(t, err)
				assert.Equal(t, shortly(a), r.want)
			}
		})
	}
}

// shortly returns the status of an answer and the origin that it allows.
func shortly(a *server.Answer) string {
	origin, _ := a.Header.Get("Access-Control-Allow-Origin")
	return strings.TrimSpace(strconv.Itoa(a.Status) + " " + origin)
}

// socket.io answers for its path with its own option cors. The answers are those of
// socket.io 4.8.
func TestSocketIO(t *testing.T) {
	text := func(options string) string {
		return `const app = require('express')(), server = require('http').createServer(app); require('socket.io')(server, ` + options + `); app.get('/api/users', (q, s) => s.json([])); server.listen(3000);`
	}
	for _, c := range []struct{ options, method, target, want string }{
		{`{ cors: { origin: 'https://myapp.com' } }`, "GET", "/socket.io/?EIO=4&transport=polling", "200 https://myapp.com"},
		{`{ cors: { origin: 'https://myapp.com' } }`, "OPTIONS", "/socket.io/?EIO=4&transport=polling", "204 https://myapp.com"},
		{`{ cors: { origin: 'https://myapp.com' } }`, "GET", "/socket.io/", "400 https://myapp.com"},
		{`{}`, "GET", "/socket.io/?EIO=4&transport=polling", "200"},
		{`{}`, "OPTIONS", "/socket.io/?EIO=4&transport=polling", "400"},
		{`{}`, "GET", "/api/users", "200"},
	} {
		a, err := ask(t, server.Source{Text: text(c.options), EnvComplete: true}, request(c.method, c.target, "Origin: https://myapp.com", "Access-Control-Request-Method: PUT"))
		assert.NilError(t, err)
		assert.Equal(t, shortly(a), c.want, "%s %s", c.options, c.target)
	}
}
