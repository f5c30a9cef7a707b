package capture_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/conformance/capture"
)

// Responses alone get the requests that they can answer.
func TestResponsesAlone(t *testing.T) {
	for name, c := range map[string]struct{ text, want, note string }{
		"a-get": {
			"HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUT\nContent-Type: text/plain\n\nx",
			"GET https://unnamed.invalid/\n200 Access-Control-Allow-Origin:* Access-Control-Allow-Methods:PUT Content-Type:text/plain\n",
			"answer to a GET",
		},
		"a-preflight-with-methods": {
			"HTTP/2 204\naccess-control-allow-methods: GET, OPTIONS, PATCH, PUT",
			"OPTIONS https://unnamed.invalid/ Access-Control-Request-Method:PATCH\n204 access-control-allow-methods:GET, OPTIONS, PATCH, PUT\n",
			"the preflight for a PATCH, which it allows",
		},
		"a-preflight-with-headers": {
			"HTTP/2 200\naccess-control-allow-headers: Accept, X-Token\ncontent-length: 0\n",
			"OPTIONS https://unnamed.invalid/ Access-Control-Request-Method:GET Access-Control-Request-Headers:x-token\n200 access-control-allow-headers:Accept, X-Token content-length:0\n",
			"a GET with the header X-Token",
		},
		"a-preflight-and-an-answer": {
			"HTTP/1.1 204 No Content\nAccess-Control-Allow-Headers: content-type\n\nHTTP/1.1 200 OK\nVary: Origin\n",
			"OPTIONS https://unnamed.invalid/ Access-Control-Request-Method:POST Access-Control-Request-Headers:content-type\n204 Access-Control-Allow-Headers:content-type\nPOST https://unnamed.invalid/ Content-Type:application/json\n200 Vary:Origin\n",
			"a POST with Content-Type: application/json",
		},
		"a-preflight-that-allows-nothing": {
			"HTTP/1.1 204 No Content\n\nHTTP/1.1 200 OK\n",
			"OPTIONS https://unnamed.invalid/ Access-Control-Request-Method:PUT\n204\nPUT https://unnamed.invalid/\n200\n",
			"it allows no method and no header",
		},
		"redirects": {
			"HTTP/1.1 301 Moved Permanently\nLocation: /b\n\nHTTP/1.1 302 Found\nLocation: https://b.test/c\n\nHTTP/1.1 200 OK\n",
			"GET https://unnamed.invalid/\n301 Location:/b\nGET https://unnamed.invalid/b\n302 Location:https://b.test/c\nGET https://b.test/c\n200\n",
			"answer to a GET",
		},
	} {
		t.Run(name, func(t *testing.T) {
			responses, err := capture.ParseMessages(c.text)
			assert.NilError(t, err)
			assert.Assert(t, capture.Alone(responses))
			messages, notes, err := capture.WithRequests(responses, "https")
			assert.NilError(t, err)
			assert.Equal(t, shown(messages), c.want)
			assert.Check(t, is.Contains(strings.Join(notes, "\n"), c.note))
			_, err = capture.Exchanges(messages, "https")
			assert.NilError(t, err)
		})
	}
	responses, err := capture.ParseMessages("HTTP/1.1 200 OK\n\nHTTP/1.1 200 OK\n\nHTTP/1.1 200 OK\n")
	assert.NilError(t, err)
	_, _, err = capture.WithRequests(responses, "https")
	assert.ErrorContains(t, err, "a response after the one to the request")
}

// The error about a response alone says who may read the response.
func TestReadersOfResponseAlone(t *testing.T) {
	for header, want := range map[string]string{
		"Vary: Origin":                   "no page of another origin may read it",
		"Access-Control-Allow-Origin: *": "each page may read it if the request has no credentials",
		"Access-Control-Allow-Origin: *\nAccess-Control-Allow-Origin: *":                            "2 times",
		"Access-Control-Allow-Origin: https://a.test/":                                              "is not the origin of any page",
		"Access-Control-Allow-Origin: https://a.test\nAccess-Control-Allow-Credentials: true":       "pages of https://a.test may read it, with and without credentials",
		"Access-Control-Allow-Origin: https://a.test\nAccess-Control-Allow-Credentials: TRUE":       "pages of https://a.test may read it if",
		"Access-Control-Allow-Origin: https://a.test, https://b.test\nAccess-Control-Max-Age: 6000": "is not the origin of any page",
	} {
		messages, err := capture.ParseMessages("HTTP/1.1 200 OK\n" + header)
		assert.NilError(t, err)
		_, err = capture.Exchanges(messages, "https")
		assert.ErrorContains(t, err, want)
	}
}
