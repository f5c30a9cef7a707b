package nodejs_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nodejs"
)

// Which of several routes with constraints answers is not known; other paths are.
func TestFastifyConstraints(t *testing.T) {
	model, err := nodejs.Reader().Load(t.Context(), server.Source{Name: "server.js", Text: `
const app = require('fastify')();
app.register(require('@fastify/cors'), { origin: 'https://myapp.com' });
app.route({ method: 'GET', url: '/api/users', constraints: { host: 'admin.example.com' }, handler: async () => 'admin' });
app.get('/api/users', { constraints: { version: '1.2.0' } }, async () => 'one');
app.get('/api/items', async () => 'items');
app.listen({ port: 3000 });
`})
	assert.NilError(t, err)
	_, err = model.Answer(t.Context(), request("GET", "/api/users", "Origin: https://myapp.com"))
	assert.ErrorType(t, err, &server.UnknownError{})
	a, err := model.Answer(t.Context(), request("GET", "/api/items", "Origin: https://myapp.com"))
	assert.NilError(t, err)
	assert.Equal(t, a.Status, 200)
	assert.Assert(t, a.StatusUnknown == nil)
}

// What answers at an address that is not known is not known.
func TestProxyWithoutAddress(t *testing.T) {
	src := server.Source{Name: "vite.config.js", Text: `
export default { server: { allowedHosts: true, proxy: { '/api': process.env.API_URL, '/fixed': 'http://localhost:8080' } } };
`}
	model, err := readerOf("vite").Load(t.Context(), src)
	assert.NilError(t, err)
	_, err = model.Answer(t.Context(), request("GET", "/api/users", "Origin: https://myapp.com"))
	assert.ErrorType(t, err, &server.UnknownError{})
	src.Behind = []server.Behind{{Server: server.AssumedBackend}}
	model, err = readerOf("vite").Load(t.Context(), src)
	assert.NilError(t, err)
	_, err = model.Answer(t.Context(), request("GET", "/fixed/users", "Origin: https://myapp.com"))
	assert.NilError(t, err)
}
