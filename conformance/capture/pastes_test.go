package capture_test

import (
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/capture"
)

// shown returns messages in a line each.
func shown(messages []capture.Message) string {
	var out strings.Builder
	for _, m := range messages {
		if m.Method != "" {
			fmt.Fprintf(&out, "%s %s", m.Method, m.Target)
		} else {
			fmt.Fprintf(&out, "%d", m.Status)
		}
		for _, h := range m.Header {
			fmt.Fprintf(&out, " %s:%s", h.Name, h.Value)
		}
		out.WriteString("\n")
	}
	return out.String()
}

func TestPastes(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"panel-of-old": {
			"General\nRequest URL:https://api.test/v1/news?method=News\nRequest Method:GET\nStatus Code:522 \nRemote Address:104.31.64.208:443\n\nResponse Headers\ncache-control:no-store\nstatus:522\n\nRequest Headers\n:authority:api.test\n:method:GET\n:path:/v1/news?method=News\n:scheme:https\norigin:https://myapp.test\n",
			"GET https://api.test/v1/news?method=News origin:https://myapp.test\n522 cache-control:no-store status:522\n",
		},
		"panel-on-two-lines": {
			"Request URL:\nhttps://api.test/users\nRequest Method:\nPUT\nStatus Code:\n403 Forbidden\nReferrer Policy:\nstrict-origin-when-cross-origin\nResponse Headers (3)\naccess-control-allow-origin:\nhttps://other.test\ncontent-length:\n0\nRequest Headers\nProvisional headers are shown\nLearn more\n:authority\napi.test\naccept\n*/*\norigin\nhttps://myapp.test\n",
			"PUT https://api.test/users accept:*/* origin:https://myapp.test\n403 access-control-allow-origin:https://other.test content-length:0\n",
		},
		"panel-with-sources": {
			"General\n  Request URL: http://api.test/\n  Request Method: POST\nResponse Headersview source\n  HTTP/1.1 200 OK\n  Vary: Origin\nRequest Headers view source\n  POST / HTTP/1.1\n  Host: api.test\n  Origin: http://myapp.test\nForm Data\n  a: 1\n",
			"POST http://api.test/ Host:api.test Origin:http://myapp.test\n200 Vary:Origin\n",
		},
		"panel-of-safari": {
			"Summary\nURL: https://api.test/a\nStatus: 204\nSource: Network\nAddress: 192.0.2.1:443\n\nRequest\n:method: OPTIONS\n:scheme: https\nOrigin: https://myapp.test\nAccess-Control-Request-Method: PUT\n\nResponse\n:status: 204\nServer: x\n",
			"OPTIONS https://api.test/a Origin:https://myapp.test Access-Control-Request-Method:PUT\n204 Server:x\n",
		},
		"panels-of-two-requests": {
			"General\nRequest URL: https://api.test/a\nRequest Method: OPTIONS\nStatus Code: 200\nResponse Headers\nA: 1\nGeneral\nRequest URL: https://api.test/a\nRequest Method: PUT\nResponse Headers\nRequest Headers\nOrigin: https://myapp.test",
			"OPTIONS https://api.test/a\n200 A:1\nPUT https://api.test/a Origin:https://myapp.test\n",
		},
		"transcript": {
			"$ curl -i -X OPTIONS -H \"Origin: https://app.test\" -H \"Access-Control-Request-Method: POST\" https://api.test/users\nHTTP/2 200\nallow: GET, POST\n\n",
			"OPTIONS https://api.test/users Origin:https://app.test Access-Control-Request-Method:POST\n200 allow:GET, POST\n",
		},
		"transcript-on-lines-in-a-block": {
			"```console\n  me@host:~/src$ curl -i 'https://api.test/users' \\\n    -H 'Origin: https://app.test'\n    % Total    % Received\n  HTTP/1.1 200 OK\n  Vary: Origin\n\n  {}\n  me@host:~/src$ curl -I https://api.test/b -H 'Origin: https://app.test'\n  HTTP/1.1 404 Not Found\n```",
			"GET https://api.test/users Origin:https://app.test\n200 Vary:Origin\nHEAD https://api.test/b Origin:https://app.test\n404\n",
		},
		"transcript-of-curl-v": {
			"$ curl -v http://api.test:8080/users -H 'Origin: http://app.test'\n*   Trying 192.0.2.1:8080...\n* Connected to api.test (192.0.2.1) port 8080 (#0)\n> GET /users HTTP/1.1\n> Host: api.test:8080\n> Origin: http://app.test\n> \n< HTTP/1.1 200 OK\n< Vary: Origin\n< \n{}",
			"GET /users Host:api.test:8080 Origin:http://app.test\n200 Vary:Origin\n",
		},
		"transcript-of-httpie": {
			"$ http -f PUT https://api.test/users/1 Origin:https://app.test 'X-A: 1' name=Ada page==2\nHTTP/1.1 403 Forbidden\nVary: Origin\n\n{}",
			"PUT https://api.test/users/1 Origin:https://app.test X-A:1 Content-Type:application/x-www-form-urlencoded\n403 Vary:Origin\n",
		},
		"transcript-of-httpie-with-json": {
			"me@host:~$ https api.test/users name=Ada Origin:https://app.test\nHTTP/2 200 OK\nVary: Origin\n",
			"POST https://api.test/users Origin:https://app.test Content-Type:application/json Accept:application/json\n200 Vary:Origin\n",
		},
		"transcript-of-httpie-verbose": {
			"http -v OPTIONS :3000/users Origin:http://app.test Access-Control-Request-Method:PUT\nOPTIONS /users HTTP/1.1\nHost: localhost:3000\nOrigin: http://app.test\nAccess-Control-Request-Method: PUT\n\nHTTP/1.1 204 No Content\nVary: Origin\n",
			"OPTIONS /users Host:localhost:3000 Origin:http://app.test Access-Control-Request-Method:PUT\n204 Vary:Origin\n",
		},
		"transcript-of-wget": {
			"$ wget -S --header='Origin: https://app.test' https://api.test/users\n--2025-11-01 10:00:00--  https://api.test/users\nResolving api.test (api.test)... 192.0.2.1\nHTTP request sent, awaiting response...\n  HTTP/1.1 200 OK\n  Server: nginx\n  Vary: Origin\nLength: 10 [application/json]\nSaving to: 'users'\n",
			"GET https://api.test/users Origin:https://app.test\n200 Server:nginx Vary:Origin\n",
		},
		"panel-of-firefox": {
			"GET\n\t\nscheme\n\thttps\nhost\n\tapi.test\nfilename\n\t/users\nAddress\n\t192.0.2.1:443\nStatus\n200\nOK\nVersionHTTP/2\nTransferred1.23 kB (19 B size)\nReferrer Policystrict-origin-when-cross-origin\nDNS ResolutionSystem\n\n\t\naccess-control-allow-origin\n\thttps://other.test\nvary\n\tOrigin\n\t\nAccept\n\t*/*\nHost\n\tapi.test\nOrigin\n\thttps://myapp.test\n",
			"GET https://api.test/users Accept:*/* Host:api.test Origin:https://myapp.test\n200 access-control-allow-origin:https://other.test vary:Origin\n",
		},
		"panel-of-firefox-on-lines": {
			"PUT https://api.test/users?a=1\nStatus 403 Forbidden\nVersion HTTP/2\nTransferred 467 B (19 B size)\nReferrer Policy strict-origin-when-cross-origin\nRequest Priority Highest\nAccess-Control-Allow-Origin\t*\nContent-Length\t19\nAccept\t*/*\nOrigin\thttps://myapp.test\n",
			"PUT https://api.test/users?a=1 Accept:*/* Origin:https://myapp.test\n403 Access-Control-Allow-Origin:* Content-Length:19\n",
		},
		"panels-of-firefox-with-headings": {
			"OPTIONS\nhttps://api.test/a\nStatus\n204\nNo Content\nVersion\nHTTP/1.1\nTransferred\n200 B\n\nResponse Headers (85 B)\nRaw\nAllow\nGET\nRequest Headers (185 B)\nRaw\nAccess-Control-Request-Method: PUT\nOrigin: https://myapp.test\nPUT\nhttps://api.test/a\nStatus\nTransferred\n0 B\nRequest Headers\nOrigin: https://myapp.test\n",
			"OPTIONS https://api.test/a Access-Control-Request-Method:PUT Origin:https://myapp.test\n204 Allow:GET\nPUT https://api.test/a Origin:https://myapp.test\n",
		},
		"panel-of-safari-http1": {
			"Summary\nURL: http://api.test:8080/a?b=1\nStatus: 403 Forbidden\nSource: Network\nAddress: 127.0.0.1:8080\nInitiator: \napp.js:12\n\nRequest\nPATCH /a?b=1 HTTP/1.1\nAccept: */*\nOrigin: http://myapp.test\n\nResponse\nHTTP/1.1 403 Forbidden\nVary: Origin\nConnection: keep-alive\n\nQuery String Parameters\nb: 1\n",
			"PATCH http://api.test:8080/a?b=1 Accept:*/* Origin:http://myapp.test\n403 Vary:Origin Connection:keep-alive\n",
		},
		"console-of-postman": {
			"▶GET https://api.test/users\n200\n312 ms\n▶Network\n▼Request Headers\nOrigin: \"https://myapp.test\"\nAccept: \"*/*\"\n▼Response Headers\nAccess-Control-Allow-Origin: \"*\"\n▶Response Body\n{\n\"a\": 1\n}\n",
			"GET https://api.test/users Origin:https://myapp.test Accept:*/*\n200 Access-Control-Allow-Origin:*\n",
		},
		"console-of-postman-as-json": {
			"POST https://api.test/users: {\n  \"Network\": {\n    \"addresses\": {\n      \"local\": 1\n    }\n  },\n  \"Request Headers\": {\n    \"origin\": \"https://myapp.test\",\n    \"x-a\": \"\\\"1\\\"\"\n  },\n  \"Request Body\": \"{}\",\n  \"Response Body\": \"\"\n}\n",
			"POST https://api.test/users origin:https://myapp.test x-a:\"1\"\n",
		},
		"console-of-postman-raw": {
			"GET /users HTTP/1.1\nUser-Agent: PostmanRuntime/7.28.4\nOrigin: https://myapp.test\nHost: api.test\n \nHTTP/1.1 200 OK\nVary: Origin\n \n{\"a\":1}\n",
			"GET /users User-Agent:PostmanRuntime/7.28.4 Origin:https://myapp.test Host:api.test\n200 Vary:Origin\n",
		},
		"transcript-of-powershell": {
			"PS C:\\Users\\me> Invoke-WebRequest -Uri https://api.test/users -Method PUT -Headers @{\n \"Origin\" = \"https://myapp.test\"\n}\n\nStatusCode        : 200\nStatusDescription : OK\nContent           : {}\nRawContent        : HTTP/1.1 200 OK\n                    Access-Control-Allow-Origin: *\n                    Content-Length: 2\n                    \n                    {}\nForms             : {}\nHeaders           : {[Access-Control-Allow-Origin, *], [Content-Length, 2]}\nRawContentLength  : 2\n\nPS C:\\Users\\me> iwr https://api.test/b\n",
			"PUT https://api.test/users Origin:https://myapp.test\n200 Access-Control-Allow-Origin:* Content-Length:2\nGET https://api.test/b\n",
		},
		"powershell-alone": {
			"StatusCode        : 204\nStatusDescription : No Content\nRawContent        : HTTP/1.1 204 No Content\n                    Vary: Origin\n\nHeaders           : {[Vary, Origin]}\n",
			"204 Vary:Origin\n",
		},
		"quotation": {
			"> HTTP/1.1 200 OK\n> Vary: Origin\n",
			"200 Vary:Origin\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := capture.ParseMessages(c.text)
			assert.NilError(t, err)
			assert.Equal(t, shown(got), c.want)
			again, err := capture.ParseMessages("\ufeff\n" + strings.ReplaceAll(c.text, "\n", "\r\n"))
			assert.NilError(t, err)
			assert.Equal(t, shown(again), c.want)
		})
	}
}

// A tool that shortens or leaves out what decides is no source of an answer.
func TestPastesThatLackWhatDecides(t *testing.T) {
	for text, want := range map[string]string{
		"StatusCode : 200\nRawContent : HTTP/1.1 200 OK\n             Vary: Origin\n             Date: Mon, 0...\nHeaders : {[Vary, Origin]...}": `4:1: PowerShell has cut the headers off here`,
		"GET https://a.test/: {\n  \"Response Headers\": {\n    \"vary\": \"Origin\"\n  }\n}":                                                    "3:1: the console does not say the status",
		"GET\nStatus\n200\nTransferred 1 B\nVary\nOrigin\n":                                                                                      "1:1: this panel names no URL",
	} {
		_, err := capture.ParseMessages(text)
		assert.ErrorContains(t, err, want)
	}
}

// curl -v says whether its connection has TLS.
func TestSchemeOfCurlV(t *testing.T) {
	const request = "> GET / HTTP/1.1\n> Host: api.test:8443\n> Origin: https://app.test\n> \n< HTTP/1.1 200 OK\n< \n"
	for text, want := range map[string]string{
		"* Connected to api.test (192.0.2.1) port 8080\n" + request:                                                          "http://api.test:8443/",
		"* Connected to api.test (192.0.2.1) port 443\n" + request:                                                           "https://api.test:8443/",
		"* Connected to api.test (192.0.2.1) port 8443\n* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384\n" + request: "https://api.test:8443/",
		"* Established connection to api.test (192.0.2.1 port 80) from 192.0.2.7 port 5000\n" + request:                      "http://api.test:8443/",
		request: "https://api.test:8443/",
	} {
		messages, err := capture.ParseMessages(text)
		assert.NilError(t, err)
		exchanges, err := capture.Exchanges(messages, "https")
		assert.NilError(t, err)
		assert.Equal(t, exchanges[0].Request.URL.String(), want, text)
	}
}
