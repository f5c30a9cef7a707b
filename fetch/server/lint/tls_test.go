package lint_test

import (
	"testing"

	"gotest.tools/v3/assert"
)

// TestPlainHTTP checks that a configuration for plain HTTP is that of a server behind
// whatever ends TLS, and that one with headers for https only stays as it is.
func TestPlainHTTP(t *testing.T) {
	site := "http://api.example.com {\n\theader Access-Control-Allow-Origin https://myapp.com\n\theader Access-Control-Allow-Methods PUT\n\theader Access-Control-Max-Age 7200\n" +
		"\theader Access-Control-Allow-Headers \"Content-Type, Authorization\"\n\t@preflight method OPTIONS\n\trespond @preflight 204\n\treverse_proxy localhost:3000\n}\n"
	assert.DeepEqual(t, rulesOf(t, named(modelled("caddy", "Caddyfile", site), myapp)), []string(nil))
	bare := "http://api.example.com {\n\treverse_proxy localhost:3000\n}\n"
	found := rulesOf(t, named(modelled("caddy", "Caddyfile", bare), myapp))
	assert.DeepEqual(t, found, []string{"origin-blocked"})
}
