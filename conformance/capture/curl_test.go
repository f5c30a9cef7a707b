package capture_test

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

func TestParseCurl(t *testing.T) {
	for name, c := range map[string]struct {
		command string
		want    capture.Call
	}{
		"chromium": {
			command: `curl 'https://api.example.com/users?a=1' \
  -X 'PUT' \
  -H 'accept: */*' \
  -H 'accept-language: en-US,en;q=0.9' \
  -H 'content-type: application/json' \
  -b 'sid=1; theme=dark' \
  -H 'origin: https://myapp.com' \
  -H 'priority: u=1, i' \
  -H 'referer: https://myapp.com/' \
  -H 'sec-ch-ua: "Chromium";v="150"' \
  -H 'sec-fetch-mode: cors' \
  -H 'user-agent: Mozilla/5.0' \
  -H 'x-token: it'\''s' \
  --data-raw $'{"a":"\u0021\'"}'`,
			want: capture.Call{
				Init: browser.FetchInit{
					URL: "https://api.example.com/users?a=1", Method: "PUT", Body: browser.Text(`{"a":"!'"}`), Mode: browser.InitModeCORS,
					Credentials: fetch.CredentialsInclude,
					Header: fetch.HeaderList{
						{Name: "accept", Value: "*/*"}, {Name: "accept-language", Value: "en-US,en;q=0.9"},
						{Name: "content-type", Value: "application/json"}, {Name: "x-token", Value: "it's"},
					},
				},
				Page: "https://myapp.com/", Cookies: []string{"sid=1", "theme=dark"},
			},
		},
		"firefox": {
			command: `curl "https://api.example.com/" --compressed -H "User-Agent: x" -H "Origin: https://myapp.com" -H "Sec-Fetch-Mode: no-cors" -H "If-None-Match: W/1"`,
			want:    capture.Call{Init: browser.FetchInit{URL: "https://api.example.com/", Mode: browser.InitModeNoCORS}, Page: "https://myapp.com"},
		},
		"data-makes-a-form-post": {
			command: `curl -d a=1 -d b=2 https://api.example.com/`,
			want: capture.Call{Init: browser.FetchInit{
				URL: "https://api.example.com/", Method: "POST", Body: browser.Text("a=1&b=2"),
				Header: fetch.HeaderList{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}},
			}},
		},
		"quotes": {
			command: `curl --data-raw $'100%\n\u00e9' -H X-A:\ \"1\" -H "X-B: \"\x\$" https://api.example.com/ab?*`,
			want: capture.Call{Init: browser.FetchInit{
				URL: "https://api.example.com/ab?*", Method: "POST", Body: browser.Text("100%\né"),
				Header: fetch.HeaderList{
					{Name: "X-A", Value: `"1"`}, {Name: "X-B", Value: `"\x$`}, {Name: "Content-Type", Value: "application/x-www-form-urlencoded"},
				},
			}},
		},
		"brackets-as-browsers-copy-them": {
			command: `curl 'https://api.example.com/users?ids\[\]=1&q=\{a\}'`,
			want:    capture.Call{Init: browser.FetchInit{URL: "https://api.example.com/users?ids[]=1&q={a}"}},
		},
		"brackets-without-a-pattern": {
			command: `curl 'http://[::1]:8080/users?ids[]=1&a[b]=2'`,
			want:    capture.Call{Init: browser.FetchInit{URL: "http://[::1]:8080/users?ids[]=1&a[b]=2"}},
		},
		"no-pattern-wanted": {
			command: `curl -g 'https://api.example.com/{a,b}[1-3]\['`,
			want:    capture.Call{Init: browser.FetchInit{URL: `https://api.example.com/{a,b}[1-3]\[`}},
		},
		"safari": {
			command: "curl 'https://api.example.com/users' \\\n-X 'POST' \\\n-H 'Accept: */*' \\\n-H 'Content-Type: application/json' \\\n-H 'Origin: https://myapp.com' \\\n" +
				"-H 'Content-Length: 7' \\\n-H 'Sec-Fetch-Mode: cors' \\\n-H 'Priority: u=3, i' \\\n--data-binary '{\"a\":1}'",
			want: capture.Call{
				Init: browser.FetchInit{
					URL: "https://api.example.com/users", Method: "POST", Body: browser.Text(`{"a":1}`), Mode: browser.InitModeCORS,
					Header: fetch.HeaderList{{Name: "Accept", Value: "*/*"}, {Name: "Content-Type", Value: "application/json"}},
				},
				Page: "https://myapp.com",
			},
		},
		"firefox-multipart": {
			command: `curl 'https://api.example.com/' --compressed -X POST -H 'Content-Type: multipart/form-data; boundary=----b' -H 'Origin: https://myapp.com' -H 'Connection: keep-alive' -H 'TE: trailers' ` +
				`--data-binary $'------b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n------b--\r\n'`,
			want: capture.Call{
				Init: browser.FetchInit{
					URL: "https://api.example.com/", Method: "POST", Body: browser.Text("------b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n------b--\r\n"),
					Header: fetch.HeaderList{{Name: "Content-Type", Value: "multipart/form-data; boundary=----b"}},
				},
				Page: "https://myapp.com",
			},
		},
		"a-preflight": {
			command: `curl 'https://api.example.com/' -X 'OPTIONS' -H 'accept: */*' -H 'access-control-request-headers: content-type,x-a' -H 'access-control-request-method: PUT' -H 'origin: https://myapp.com' -H 'sec-fetch-mode: cors'`,
			want: capture.Call{
				Init: browser.FetchInit{
					URL: "https://api.example.com/", Method: "PUT", Mode: browser.InitModeCORS,
					Header: fetch.HeaderList{{Name: "content-type", Value: "corsim/unseen"}, {Name: "x-a", Value: "corsim/unseen"}},
				},
				Page: "https://myapp.com", FromPreflight: true,
			},
		},
		"cmd": {
			command: "curl ^\"https://api.example.com/users?a=1^&b=^%^22^\" ^\r\n  -X ^\"PUT^\" ^\r\n  -H ^\"content-type: application/json^\" ^\r\n  -H ^\"origin: https://myapp.com^\" ^\r\n  --data-raw ^\"^{^\\^\"a^\\^\":1^}^\"",
			want: capture.Call{
				Init: browser.FetchInit{
					URL: "https://api.example.com/users?a=1&b=%22", Method: "PUT", Body: browser.Text(`{"a":1}`),
					Header: fetch.HeaderList{{Name: "content-type", Value: "application/json"}},
				},
				Page: "https://myapp.com",
			},
		},
		"cmd-of-old": {
			command: "curl \"https://api.example.com/\" ^\n -H \"origin: https://myapp.com\" ^\n -H \"x-a: 1\"",
			want: capture.Call{
				Init: browser.FetchInit{URL: "https://api.example.com/", Header: fetch.HeaderList{{Name: "x-a", Value: "1"}}}, Page: "https://myapp.com",
			},
		},
		"powershell": {
			command: "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.UserAgent = \"Mozilla/5.0\"\n$session.Cookies.Add((New-Object System.Net.Cookie(\"sid\", \"1\", \"/\", \"api.example.com\")))\nInvoke-WebRequest -UseBasicParsing -Uri \"https://api.example.com/users\" `\n-Method \"PUT\" `\n-WebSession $session `\n-Headers @{\n\"authority\"=\"api.example.com\"\n\"origin\"=\"https://myapp.com\"\n\"x-a\"=\"`\"1`\"\"\n} `\n-ContentType \"application/json\" `\n-Body \"{`\"a`\":1}\"",
			want: capture.Call{
				Init: browser.FetchInit{
					URL: "https://api.example.com/users", Method: "PUT", Body: browser.Text(`{"a":1}`), Credentials: fetch.CredentialsInclude,
					Header: fetch.HeaderList{{Name: "authority", Value: "api.example.com"}, {Name: "x-a", Value: `"1"`}, {Name: "Content-Type", Value: "application/json"}},
				},
				Page: "https://myapp.com", Cookies: []string{"sid=1"},
			},
		},
		"form": {
			command: `$ curl -F name=Ada -F 'photo=@me.png;type=image/png' -o out.json -w '%{http_code}' https://api.example.com/`,
			want: capture.Call{Init: browser.FetchInit{
				URL: "https://api.example.com/", Method: "POST", Body: browser.Form{{Name: "name", Value: "Ada"}, {Name: "photo", Value: "unknown", Filename: "me.png", Type: "image/png"}},
			}},
		},
		"query-of-data": {
			command: `curl -G https://api.example.com/?x=1 -d a=b --data-urlencode 'q=é &'`,
			want:    capture.Call{Init: browser.FetchInit{URL: "https://api.example.com/?x=1&a=b&q=%C3%A9+%26"}},
		},
		"no-scheme": {
			command: `curl localhost:8080/x`,
			want:    capture.Call{Init: browser.FetchInit{URL: "http://localhost:8080/x"}},
		},
		"in-a-quotation": {
			command: "> ```sh\n>   user@host:~$ curl https://api.example.com/ \\\n>     -H 'X-A: 1'\n> ```",
			want:    capture.Call{Init: browser.FetchInit{URL: "https://api.example.com/", Header: fetch.HeaderList{{Name: "X-A", Value: "1"}}}},
		},
		"from-the-referrer": {
			command: `curl -e https://myapp.com/page https://api.example.com/`,
			want:    capture.Call{Init: browser.FetchInit{URL: "https://api.example.com/"}, Page: "https://myapp.com/page", PageFromReferrer: true},
		},
		"attached-values": {
			command: `curl -XDELETE -sSH'X-A: 1' https://api.example.com/`,
			want: capture.Call{Init: browser.FetchInit{
				URL: "https://api.example.com/", Method: "DELETE", Header: fetch.HeaderList{{Name: "X-A", Value: "1"}},
			}},
		},
		"head-json-empty-header": {
			command: `curl --json '{}' -H 'X-Empty;' -H 'X-Dropped:' https://api.example.com/`,
			want: capture.Call{Init: browser.FetchInit{
				URL: "https://api.example.com/", Method: "POST", Body: browser.Text("{}"),
				Header: fetch.HeaderList{
					{Name: "Content-Type", Value: "application/json"}, {Name: "Accept", Value: "application/json"}, {Name: "X-Empty"},
				},
			}},
		},
		"reload-past-the-cache": {
			command: `curl -I https://api.example.com/ -H 'cache-control: no-cache' -H 'pragma: no-cache'`,
			want:    capture.Call{Init: browser.FetchInit{URL: "https://api.example.com/", Method: "HEAD"}},
		},
		"script-sets-cache-control": {
			command: `curl https://api.example.com/ -H 'cache-control: no-cache'`,
			want: capture.Call{Init: browser.FetchInit{
				URL: "https://api.example.com/", Header: fetch.HeaderList{{Name: "cache-control", Value: "no-cache"}},
			}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := capture.ParseCurl(c.command)
			assert.NilError(t, err)
			assert.DeepEqual(t, *got, c.want, cmpopts.IgnoreFields(capture.Call{}, "Notes"), cmpopts.EquateEmpty())
		})
	}
}

// TestCurlOptions holds what the options do, as the manual of curl says and curl does.
func TestCurlOptions(t *testing.T) {
	const form = "Content-Type: application/x-www-form-urlencoded"
	for command, want := range map[string]string{
		`--form-string 'a=@x;type=text/plain'`:        `POST / form a="@x;type=text/plain"`,
		`--form-string a='<x'`:                        `POST / form a="<x"`,
		`-F 'a=@x.png;type=image/png;filename=y.png'`: `POST / form a="unknown"(x.png,image/png)`,
		`-F 'a=@"x;y.png"'`:                           `POST / form a="unknown"(x;y.png,)`,
		`-F 'a=<x.txt'`:                               `POST / form a="unknown"`,
		`-F 'a=1;type=text/plain' -F b=2`:             `POST / form a="1" b="2"`,
		`-d @body.json`:                               `POST / ` + form + ` "unknown"`,
		`-d @- -H 'Content-Type: application/json'`:   `POST / Content-Type: application/json "unknown"`,
		`--data-raw @x`:                               `POST / ` + form + ` "@x"`,
		`--data-binary @x`:                            `POST / ` + form + ` "unknown"`,
		`-d x -H 'Content-Type:'`:                     `POST / "x"`,
		`--data-urlencode name@file`:                  `POST / ` + form + ` "name=unknown"`,
		`--data-urlencode @file`:                      `POST / ` + form + ` "unknown"`,
		`--data-urlencode 'me@home=a b'`:              `POST / ` + form + ` "me@home=a+b"`,
		`--data-urlencode '=a=b'`:                     `POST / ` + form + ` "a%3Db"`,
		`--data-urlencode 'a b'`:                      `POST / ` + form + ` "a+b"`,
		`--json @x`:                                   `POST / Content-Type: application/json Accept: application/json "unknown"`,
		`--url-query 'a=b c' --url-query '+d=%20'`:    `GET /?a=b+c&d=%20`,
		`--url-query a=1 -d b=2`:                      `POST /?a=1 ` + form + ` "b=2"`,
		`-G --url-query a=1 -d b=2`:                   `GET /?b=2`,
		`-G`:                                          `GET /`,
		`-I`:                                          `HEAD /`,
		`-I -X OPTIONS`:                               `OPTIONS /`,
		`-T dir/file`:                                 `PUT /file "unknown"`,
		`-T -`:                                        `PUT / "unknown"`,
		`--json '[1' --json ']'`:                      `POST / Content-Type: application/json Accept: application/json "[1]"`,
		`-u me:secret`:                                `GET / Authorization: Basic bWU6c2VjcmV0`,
		`--user=me:`:                                  `GET / Authorization: Basic bWU6`,
		`-b a=1 -b 'b=2; c=3'`:                        `GET / include`,
		`-b cookies.txt`:                              `GET / include`,
		`-c cookies.txt`:                              `GET /`,
		`-A x -e 'https://myapp.test/;auto' -kLsS#fgJO46`: `GET /`,
		`-r 0-9`:         `GET / Range: bytes=0-9`,
		`-vXPUT -HX-A:1`: `PUT / X-A: 1`,
		`-sSXDELETE`:     `DELETE /`,
		`--compressed --no-keepalive --no-compressed`:           `GET /`,
		`--oauth2-bearer x`:                                     `GET / Authorization: Bearer x`,
		`-X PUT --next -X DELETE https://b.test/`:               `PUT /`,
		`-d a -: -d b`:                                          `POST / ` + form + ` "a"`,
		`-H "Authorization: Bearer $TOKEN" -H "X-Id: ${ID:-1}"`: `GET / Authorization: Bearer unknown X-Id: unknown`,
		`-H "Content-Type: $TYPE" -d "$(cat body.json)"`:        `POST / Content-Type: application/json "unknown"`,
		`-H "Origin: $ORIGIN" -b "sid=$SID"`:                    `GET / include`,
		`-o /dev/null -w '%{http_code}\n' | jq . > out`:         `GET /`,
		`> out 2>&1`:   `GET /`,
		`; rm x`:       `GET /`,
		`&& echo done`: `GET /`,
	} {
		for _, command := range []string{"curl https://a.test/ " + command, "export A=1 B\nTOKEN=unknown\nA=1 curl 'https://a.test/' " + command} {
			got, err := capture.ParseCurl(command)
			assert.NilError(t, err, command)
			assert.Check(t, shownCall(&got.Init) == want, "%s\ngot  %s\nwant %s", command, shownCall(&got.Init), want)
		}
	}
	got, err := capture.ParseCurl("HOST=https://a.test\nID='4 2'\ncurl \"$HOST/users/${ID}?x=$X\" -H \"X-A: $ID\"")
	assert.NilError(t, err)
	assert.Equal(t, shownCall(&got.Init), "GET /users/4 2?x=unknown X-A: 4 2")
	assert.DeepEqual(t, got.Notes, []string{"$X is not known; no verdict depends on its value"})
}

// shownCall returns a call of fetch() in a line.
func shownCall(init *browser.FetchInit) string {
	out := cmp.Or(init.Method, "GET") + " " + strings.TrimPrefix(init.URL, "https://a.test")
	for _, h := range init.Header {
		out += " " + h.Name + ": " + h.Value
	}
	switch body := init.Body.(type) {
	case browser.Text:
		out += fmt.Sprintf(" %q", string(body))
	case browser.Blob:
		out += fmt.Sprintf(" %q", body.Data)
	case browser.Form:
		out += " form"
		for _, f := range body {
			out += fmt.Sprintf(" %s=%q", f.Name, f.Value)
			if f.Filename != "" {
				out += "(" + f.Filename + "," + f.Type + ")"
			}
		}
	}
	if init.Credentials == fetch.CredentialsInclude {
		out += " include"
	}
	return out
}

func TestParseCurlErrors(t *testing.T) {
	for command, want := range map[string]string{
		"":                                       "1:1: there is no command",
		"wget https://a.example/":                "1:1: not a curl command: it does not begin with curl",
		"curl":                                   "1:5: there is no URL",
		"curl https://a.test:99999/":             `1:6: cannot parse "https://a.test:99999/": the port is greater than 65535`,
		"curl wss://a.test/":                     `1:6: CORS applies only to requests to http: and https: URLs; this URL has the scheme "wss"`,
		"curl https://a.test/?x=1&y=2":           "1:25: the command ends at an & outside quotes; put the URL in quotes",
		"curl ‘https://a.test/’":                 "1:6: the quotation marks are typographic (‘); write ' or \"",
		"await fetch('https://a.test/')":         "1:1: this is a call of fetch(), not a curl command: use corsim fetch",
		"curl \\\n  --frobnicate https://a.test": "2:3: the option --frobnicate is not understood",
		"curl https://a.test -8":                 "1:21: the option -8 is not understood",
		"curl https://a.test --include=1":        "1:21: the option --include has no value",
		"curl https://a.test --request=":         "1:21: --request= has no value",
		"curl https://a.test --no-request":       "1:21: the option --no-request is not understood",
		"curl https://a.test --silent\\ show":    "1:21: the option --silent show is not understood",
		"curl https://a.test -K conf":            "1:21: -K: options in a file are not read",
		"curl https://a.test -X $METHOD":         "1:24: an expansion of the shell is not understood; write what $METHOD stands for",
		"curl https://a.test -H \"$NAME: x\"":    "1:25: an expansion of the shell is not understood; write what $NAME stands for",
		"curl https://a.test $OPTIONS":           "1:21: an expansion of the shell is not understood; write what $OPTIONS stands for",
		"curl https://a.test -$FLAG":             "1:22: an expansion of the shell is not understood; write what $FLAG stands for",
		"curl https://a.test:$PORT/x":            "1:21: an expansion of the shell is not understood; write what $PORT stands for",
		"for i in 1 2; do curl x; done":          "1:1: not a plain command: loops, conditions and functions are not understood",
		"curl https://a.test -H":                 "1:21: -H has no value",
		"curl https://a.test -H nonsense":        `1:24: the header "nonsense" is not of the form 'Name: value'`,
		"curl https://a.test -H 'a b: c'":        `1:24: "a b" is not a header name`,
		"curl https://a.test https://b.test":     `1:21: a second URL, "https://b.test"; only one is allowed`,
		"curl https://a.test -H @file":           `1:24: "@file" is a file, and files are not read; write each header with -H`,
		"curl 'https://a.test/{a,b}'":            "1:6: curl expands {a,b} to several URLs; write the one that is meant, or --globoff",
		"curl 'https://a.test/[1-9]'":            "1:6: curl expands [1-9] to several URLs; write the one that is meant, or --globoff",
		"curl https://a.test/{a,b}":              "1:6: bash expands the braces to several words; put the word in quotes",
		"curl https://$HOST/":                    "1:14: an expansion of the shell is not understood; write what $HOST stands for",
		"curl \"https://`id`/\"":                 "1:15: an expansion of the shell is not understood; write what `id` stands for",
		"curl `a\nb`":                            "1:6: an expansion of the shell is not understood; write what `a… stands for",
		"curl 'https://a.test":                   "1:6: reached EOF without closing quote `'`",
	} {
		_, err := capture.ParseCurl(command)
		assert.Check(t, err != nil && err.Error() == want, "%s\ngot  %v\nwant %s", command, err, want)
	}
}

func FuzzParseCurl(f *testing.F) {
	f.Add(`curl 'https://api.example.com/' -H $'a: \x41' -d "b"`)
	f.Add("curl -X")
	f.Add("A='1 2'\nexport B=c\ncurl \"https://$A/${B}?x=$X\" -H \"X-A: $(cat a)\" --form-string a=@b --url-query c -T d | jq > e")
	f.Fuzz(func(t *testing.T, command string) {
		call, err := capture.ParseCurl(command)
		if err == nil && call.Init.URL == "" {
			t.Error("neither a URL nor an error")
		}
	})
}
