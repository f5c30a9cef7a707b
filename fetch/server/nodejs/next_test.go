package nodejs_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nodejs"
)

// A route handler of Next.js answers the methods that it exports, and OPTIONS with
// their list if it does not export that.
func TestNextRoute(t *testing.T) {
	text := `
import { NextResponse } from 'next/server';
const headers = { 'Access-Control-Allow-Origin': 'https://myapp.com', Vary: 'Origin' };
export async function GET(request) {
  const { searchParams } = new URL(request.url);
  return NextResponse.json({ q: searchParams.get('q') }, { headers });
}
export async function PUT() { return new Response(null, { status: 201, headers }); }
`
	model, err := nodejs.Reader().Load(t.Context(), server.Source{Name: "app/api/users/route.js", Text: text})
	assert.NilError(t, err)
	for _, c := range []struct {
		method, allow, origin string
		status                int
	}{{"GET", "", "https://myapp.com", 200}, {"HEAD", "", "https://myapp.com", 200}, {"PUT", "", "https://myapp.com", 201}, {"POST", "", "", 405}, {"OPTIONS", "GET, HEAD, OPTIONS, PUT", "", 204}} {
		a, err := model.Answer(t.Context(), request(c.method, "/api/users?q=1", "Origin: https://myapp.com"))
		assert.NilError(t, err)
		allow, _ := a.Header.Get("Allow")
		origin, _ := a.Header.Get("Access-Control-Allow-Origin")
		assert.Equal(t, a.Status, c.status, c.method)
		assert.Equal(t, allow, c.allow, c.method)
		assert.Equal(t, origin, c.origin, c.method)
	}
}
