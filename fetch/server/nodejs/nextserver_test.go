package nodejs_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nodejs"
)

// nextProject is a project of Next.js whose answers were recorded from next 15.5.29,
// built and started with next start.
var nextProject = map[string]string{
	"next.config.js": `module.exports = {
  async headers() { return [
    { source: '/api/:path*', headers: [{ key: 'Access-Control-Allow-Origin', value: 'https://config.example' }, { key: 'Access-Control-Allow-Credentials', value: 'true' }, { key: 'Access-Control-Max-Age', value: ':path*' }] },
    { source: '/api/has', has: [{ type: 'header', key: 'origin', value: 'https://(?<o>.*)\\.example' }], headers: [{ key: 'Access-Control-Allow-Origin', value: 'https://:o.example' }] },
    { source: '/docs/:slug(\\d{1,})', headers: [{ key: 'Access-Control-Allow-Origin', value: 'https://docs.example' }] },
    { source: '/docs/x', missing: [{ type: 'header', key: 'x-none' }], headers: [{ key: 'Access-Control-Allow-Origin', value: '*' }] },
  ]; },
  async redirects() { return [{ source: '/api/go/:id', destination: '/api/items/:id', permanent: false }, { source: '/api/gone', destination: 'https://other.example/x', statusCode: 301 }]; },
  async rewrites() { return [{ source: '/api/alias', destination: '/api/users' }]; },
};`,
	"middleware.js": `import { NextResponse } from 'next/server';
const allowed = ['https://acme.com'];
export function middleware(request) {
  const origin = request.headers.get('origin') ?? '';
  if (request.nextUrl.pathname === '/api/boom') throw new Error('boom');
  if (request.nextUrl.pathname === '/api/none') return;
  if (request.method === 'OPTIONS') return NextResponse.json({}, { headers: { ...(allowed.includes(origin) && { 'Access-Control-Allow-Origin': origin }), 'Access-Control-Allow-Methods': 'GET' } });
  const response = NextResponse.next();
  if (allowed.includes(origin)) response.headers.set('Access-Control-Allow-Origin', origin);
  return response;
}
export const config = { matcher: ['/api/users', '/api/own', '/api/boom', '/api/none'] };`,
	"app/api/users/route.js": `export async function GET() { return Response.json({}); }
export async function POST() { return Response.json({}, { status: 201 }); }`,
	"app/api/own/route.js": `export async function GET() { return Response.json({}, { headers: { 'Access-Control-Allow-Origin': 'https://own.example' } }); }`,
	"app/(group)/api/items/[id]/route.ts": `export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) { const { id } = await params; return new Response(id, { status: id === '3' ? 200 : 202 }); }
export async function DELETE() { throw new Error('x'); }`,
	"pages/api/old.js": `export default function handler(req, res) { res.setHeader('Access-Control-Allow-Origin', 'https://pages.example'); if (req.method === 'OPTIONS') return res.status(200).end(); res.status(200).json({ m: req.method }); }`,
}

func nextFilesOf(files map[string]string) fstest.MapFS {
	out := make(fstest.MapFS)
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// A project of Next.js answers as the real server does: the rules come after the
// redirects, the middleware after the rules, and a route handler replaces no header
// that one of them set.
func TestNextProject(t *testing.T) {
	model, err := nodejs.Reader().Load(t.Context(), server.Source{Name: "next.config.js", Text: nextProject["next.config.js"], Files: nextFilesOf(nextProject), EnvComplete: true})
	assert.NilError(t, err)
	for _, c := range []struct {
		method, path, origin string
		status               int
		allowed, allow       string
	}{
		{"GET", "/api/users", "https://acme.com", 200, "https://acme.com", ""},
		{"GET", "/api/users", "https://evil.com", 200, "https://config.example", ""},
		{"PUT", "/api/users", "https://acme.com", 405, "https://acme.com", ""},
		{"OPTIONS", "/api/users", "https://acme.com", 200, "https://acme.com", ""},
		{"OPTIONS", "/api/users", "https://evil.com", 200, "https://config.example", ""},
		{"GET", "/api/own", "https://evil.com", 200, "https://config.example", ""},
		{"GET", "/api/boom", "https://acme.com", 500, "", ""},
		{"GET", "/api/none", "https://acme.com", 404, "https://config.example", ""},
		{"GET", "/api/go/3", "https://acme.com", 307, "", ""},
		{"GET", "/api/gone", "https://acme.com", 301, "", ""},
		{"GET", "/api/alias", "https://acme.com", 200, "https://config.example", ""},
		{"GET", "/api/users/", "https://acme.com", 308, "", ""},
		{"OPTIONS", "/api//users", "https://acme.com", 308, "", ""},
		{"GET", "/api/items/3", "https://acme.com", 200, "https://config.example", ""},
		{"DELETE", "/api/items/3", "https://acme.com", 500, "https://config.example", ""},
		{"OPTIONS", "/api/items/3", "https://acme.com", 204, "https://config.example", "DELETE, GET, HEAD, OPTIONS"},
		{"GET", "/api/old", "https://acme.com", 200, "https://pages.example", ""},
		{"OPTIONS", "/api/old", "https://acme.com", 200, "https://pages.example", ""},
		{"GET", "/api/has", "https://a.example", 404, "https://a.example", ""},
		{"GET", "/API/users", "https://acme.com", 404, "https://config.example", ""},
		{"GET", "/docs/12", "https://acme.com", 404, "https://docs.example", ""},
		{"GET", "/docs/ab", "https://acme.com", 404, "", ""},
		{"GET", "/docs/x", "https://acme.com", 404, "*", ""},
		{"GET", "/apis", "https://acme.com", 404, "", ""},
	} {
		a, err := model.Answer(t.Context(), request(c.method, c.path, "Origin: "+c.origin))
		assert.NilError(t, err, c.path)
		allowed, _ := a.Header.Get("Access-Control-Allow-Origin")
		allow, _ := a.Header.Get("Allow")
		assert.Equal(t, a.Status, c.status, c.method+" "+c.path)
		assert.Equal(t, allowed, c.allowed, c.method+" "+c.path)
		assert.Equal(t, allow, c.allow, c.method+" "+c.path)
	}
	assert.Equal(t, model.Policy[0].Position.String(), "next.config.js:3:48")
	assert.Equal(t, model.Policy[0].Where, "/api/:path*")
}

// A parameter that a path does not have stays as it is written, as the real server
// does it.
func TestNextParameterWithoutValue(t *testing.T) {
	model, err := nodejs.Reader().Load(t.Context(), server.Source{Name: "next.config.js", Text: nextProject["next.config.js"]})
	assert.NilError(t, err)
	for path, want := range map[string]string{"/api": ":path*", "/api/a/b": "a/b"} {
		a, err := model.Answer(t.Context(), request("GET", path, "Origin: https://acme.com"))
		assert.NilError(t, err)
		got, _ := a.Header.Get("Access-Control-Max-Age")
		assert.Equal(t, got, want, path)
	}
}

// Without the files of the routes the headers of the rules are known and the status is
// not; where no rule sets the deciding header nothing is answered.
func TestNextWithoutRoutes(t *testing.T) {
	model, err := nodejs.Reader().Load(t.Context(), server.Source{Name: "web/next.config.mjs", Text: strings.Replace(nextProject["next.config.js"], "module.exports =", "export default", 1)})
	assert.NilError(t, err)
	a, err := model.Answer(t.Context(), request("OPTIONS", "/api/users", "Origin: https://acme.com"))
	assert.NilError(t, err)
	allowed, _ := a.Header.Get("Access-Control-Allow-Origin")
	assert.Equal(t, allowed, "https://config.example")
	assert.Assert(t, a.StatusUnknown != nil)
	assert.Equal(t, a.Decided[0].Position.String(), "web/next.config.mjs:3:48")
	_, err = model.Answer(t.Context(), request("GET", "/elsewhere", "Origin: https://acme.com"))
	assert.ErrorType(t, err, &server.UnknownError{})
}
