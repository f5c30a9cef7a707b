package capture_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// described returns what decides about a call in a line.
func described(c *capture.Call) string {
	method := c.Init.Method
	if method == "" {
		method = "GET"
	}
	out := method + " " + c.Init.URL
	for _, h := range c.Init.Header {
		out += " " + h.Name + ":" + h.Value
	}
	switch body := c.Init.Body.(type) {
	case nil:
	case browser.Text:
		out += " text"
	default:
		out += fmt.Sprintf(" %T", body)
	}
	if c.Init.Credentials != fetch.CredentialsSameOrigin {
		out += " " + c.Init.Credentials.String()
	}
	return out
}

func TestParseCode(t *testing.T) {
	for _, c := range []struct {
		name, code, want string
		notes            []string // each is in a note
	}{
		{
			"await", `const res = await fetch("https://api.test/tasks", {method: "POST", headers: {"Content-Type": "application/json", Authorization: ` + "`Bearer ${token}`" + `}, body: JSON.stringify({task})});`,
			"POST https://api.test/tasks Content-Type:application/json Authorization:Bearer token text", []string{"Authorization (token) is not known; no verdict depends on it"},
		},
		{
			"superagent", "superagent\n  .post('https://api.test/pet')\n  .send({ name: 'Manny' })\n  .set('X-API-Key', 'foobar')\n  .set({ 'X-B': b })\n  .accept('json')\n  .withCredentials()\n  .end((err, res) => {});",
			"POST https://api.test/pet content-type:application/json X-API-Key:foobar X-B:b Accept:application/json text include", nil,
		},
		{
			"superagent-in-a-line", "import request from 'superagent'; const res = await request.put('https://api.test/a').type('form').send('a=1').auth('me', pw); await request.get('https://api.test/b').set('X-Other', '1')",
			"PUT https://api.test/a content-type:application/x-www-form-urlencoded Authorization:Basic dW5rbm93bg== text", []string{"the text makes more requests"},
		},
		{
			"event-source", "const es = new EventSource(`https://api.test/stream?id=${id}`, { withCredentials: true });",
			"GET https://api.test/stream?id=id Accept:text/event-stream include", []string{"an EventSource makes the request"},
		},
		{
			"beacon", "navigator.sendBeacon('https://stats.test/c', new Blob([JSON.stringify(a)], {type: 'application/json'}))",
			"POST https://stats.test/c browser.Blob include", []string{"sendBeacon() makes the request"},
		},
		{
			"client-on-lines", "return this.http\n  .put<User>(`https://api.test/users/${id}`, user)\n  .pipe(map(u => u))",
			"PUT https://api.test/users/id content-type:application/json text", nil,
		},
		{
			"got", "const r = await got.post('https://api.test/x', { json: { a: 1 }, headers: { 'x-a': 'b' } }).json();",
			"POST https://api.test/x content-type:application/json x-a:b text", []string{"got runs in Node.js"},
		},
		{
			"then", `fetch('https://api.test/tasks', {headers: {'Content-Type': 'application/json'}, method: 'patch', body: JSON.stringify({task: task})}).then(r => r.json()).then(console.log)`,
			"patch https://api.test/tasks Content-Type:application/json text", nil,
		},
		{
			"ignored-option", `fetch('https://api.test/me', {withCredentials: true})`,
			"GET https://api.test/me", []string{`credentials: "include" sends them`},
		},
		{
			"constants-and-a-function", "const API_URL = 'https://api.test'\nexport async function getUser(id: string): Promise<User> {\n  const res = await fetch(`${API_URL}/users/${id}`, {\n    credentials: 'include',\n    signal: controller.signal,\n  })\n  if (!res.ok) throw new Error('no')\n}",
			"GET https://api.test/users/id include", []string{"id in the URL is not known"},
		},
		{
			"constant-below", "function load() { return fetch(base + '/a') }\nvar base = \"https://api.test\";",
			"GET https://api.test/a", nil,
		},
		{
			"headers-of-postman", "var myHeaders = new Headers();\nmyHeaders.append(\"Content-Type\", \"application/json\");\nmyHeaders.append(\"X-Api-Key\", \"1\");\nvar raw = JSON.stringify({\"a\": 1});\nvar requestOptions = {\n  method: 'POST',\n  headers: myHeaders,\n  body: raw,\n  redirect: 'follow'\n};\n\nfetch(\"https://api.test/users\", requestOptions)\n  .then(response => response.text())",
			"POST https://api.test/users Content-Type:application/json X-Api-Key:1 text", nil,
		},
		{
			"default-of-an-environment-variable", "const base = process.env.REACT_APP_API || 'http://localhost:5000';\nfetch(base + \"/login\", { method: 'post', body: new FormData(form) })",
			"post http://localhost:5000/login browser.Form", nil,
		},
		{
			"in-a-component", "useEffect(() => {\n    // don't repeat\n    fetch('https://api.test/a', options).then(r => r.json())\n  }, []);\n  return <div onClick={() => fetch('https://api.test/b')}>It's</div>",
			"GET https://api.test/a", []string{"the options options are not known", "the text makes more requests"},
		},
		{
			"spread-and-computed-headers", "fetch('https://api.test/', {headers: {...authHeader(), [name]: 'x', 'X-A': value}})",
			"GET https://api.test/ X-A:value", []string{"the headers that authHeader() adds are not known", "the headers that [name]"},
		},
		{
			"request", "const request = new Request('https://api.test/r', {method: 'PUT', headers: new Headers({'X-B': '2'})});\nconst response = await fetch(request);",
			"PUT https://api.test/r X-B:2", nil,
		},
		{
			"response-header-on-a-request", "fetch('https://api.test/', {headers: {'Access-Control-Allow-Origin': '*'}})",
			"GET https://api.test/ Access-Control-Allow-Origin:*", []string{"is a header of responses"},
		},
		{"axios-get", "axios.get('https://api.test/users', { withCredentials: true }).then(({data}) => setUsers(data))", "GET https://api.test/users include", nil},
		{
			"axios-post", "try { const { data } = await axios.post(`https://api.test/login`, { email, password }) } catch (e) {}",
			"POST https://api.test/login content-type:application/json text", nil,
		},
		{
			"axios-content-type-without-a-body", "axios.get('https://api.test/a', {headers: {'Content-Type': 'application/json', 'X-A': 1}})",
			"GET https://api.test/a X-A:1", []string{"axios removes Content-Type"},
		},
		{
			"axios-instance", "const api = axios.create({\n  baseURL: 'https://api.test/v1/',\n  withCredentials: true,\n  headers: { 'X-Requested-With': 'XMLHttpRequest' }\n});\nexport const save = (user) => api.put('/users/1', user);",
			"PUT https://api.test/v1/users/1 X-Requested-With:XMLHttpRequest content-type:application/json text include", nil,
		},
		{
			"axios-defaults-and-interceptor", "axios.defaults.baseURL = 'https://api.test';\naxios.defaults.headers.common['X-Tenant'] = tenant;\naxios.interceptors.request.use(config => { config.headers.Authorization = `Bearer ${t}`; return config });\naxios({ method: 'delete', url: '/a' })",
			"DELETE https://api.test/a X-Tenant:tenant Authorization:Bearer t", nil,
		},
		{"axios-form", "axios.post('https://api.test/', new URLSearchParams({a: 1}))", "POST https://api.test/ browser.Params", nil},
		{"axios-text", "axios.post('https://api.test/', 'a=1')", "POST https://api.test/ content-type:application/x-www-form-urlencoded text", nil},
		{
			"xhr", "var xhr = new XMLHttpRequest();\nxhr.open('PUT', 'https://api.test/x', true);\nxhr.withCredentials = true;\nxhr.setRequestHeader('Content-Type', 'application/json');\nxhr.onload = function () { alert(xhr.responseText) };\nxhr.send(JSON.stringify({a: 1}));",
			"PUT https://api.test/x Content-Type:application/json text include", nil,
		},
		{
			"jquery-ajax", "$.ajax({\n  url: 'https://api.test/x',\n  type: 'POST',\n  contentType: 'application/json',\n  data: JSON.stringify(d),\n  xhrFields: { withCredentials: true },\n  beforeSend: function (xhr) { xhr.setRequestHeader('X-Token', token); },\n  success: function (r) { console.log(r) }\n})",
			"POST https://api.test/x X-Token:token content-type:application/json text include", nil,
		},
		{"jquery-post", "$.post('https://api.test/x', {a: 1}, function (r) {})", "POST https://api.test/x content-type:application/x-www-form-urlencoded; charset=UTF-8 text", nil},
		{"jquery-get", "$.getJSON('https://api.test/x', {a: 1})", "GET https://api.test/x", nil},
		{"ky", "const r = await ky.post('https://api.test/x', {json: {a: 1}, credentials: 'include'}).json()", "POST https://api.test/x content-type:application/json text include", nil},
		{
			"angular", "return this.http.post<User[]>('https://api.test/x', user, { headers: new HttpHeaders({ 'X-A': '1' }).set('Authorization', `Bearer ${this.token}`), withCredentials: true })",
			"POST https://api.test/x X-A:1 Authorization:Bearer token content-type:application/json text include", nil,
		},
		{"nuxt", "const { data } = await useFetch('https://api.test/x', { method: 'POST', body: { a: 1 } })", "POST https://api.test/x content-type:application/json text", nil},
		{"markup-around", "<script>\n  fetch('https://api.test/x')\n</script>", "GET https://api.test/x", nil},
		{"url-object", "fetch(new URL('/a', 'https://api.test/b'))", "GET https://api.test/a", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			call, err := capture.ParseCode(c.code, nil)
			assert.NilError(t, err)
			got := strings.ReplaceAll(described(call), "Content-Type:application/x", "content-type:application/x")
			got = strings.ReplaceAll(got, "Content-Type:application/json", "content-type:application/json")
			assert.Equal(t, got, strings.ReplaceAll(c.want, "Content-Type:application/json", "content-type:application/json"))
			for _, want := range c.notes {
				assert.Check(t, slices.ContainsFunc(call.Notes, func(n string) bool { return strings.Contains(n, want) }), "%q: %q", want, call.Notes)
			}
			again, err := capture.ParseCode("\ufeff// x\n\n"+strings.ReplaceAll(c.code, "\n", "\r\n"), nil)
			assert.NilError(t, err)
			assert.Equal(t, described(again), described(call))
		})
	}
}

// What is given for a name counts more than what the text says.
func TestParseCodeWithGivenNames(t *testing.T) {
	call, err := capture.ParseCode("const API = 'https://a.test'; fetch(`${API}/x`, {method: verb, credentials: mode})",
		map[string]string{"API": "https://b.test", "verb": "PUT", "mode": "include"})
	assert.NilError(t, err)
	assert.Equal(t, described(call), "PUT https://b.test/x include")
}
