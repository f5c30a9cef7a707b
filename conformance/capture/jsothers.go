package capture

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// eventSource reads new EventSource(url, options).
func (r *callReader) eventSource(c jsCall) error {
	r.wire.Append("Accept", "text/event-stream")
	err := r.each(c.argument(1), map[string]func(jsNode) error{"withCredentials": quiet(r.withCredentials)}, silently)
	if err != nil {
		return err
	}
	r.call.KnowsCredentials = true
	r.call.note("an EventSource makes the request; the same request of fetch() is judged, without the check of its Content-Type")
	return r.url(c.argument(0))
}

// beacon reads navigator.sendBeacon(url, data). It always sends cookies. A type that forms
// do not send makes it a request with CORS.
func (r *callReader) beacon(c jsCall) error {
	r.stringBody(c.argument(1))
	init := &r.call.Init
	init.Method, init.Credentials, init.Mode = "POST", fetch.CredentialsInclude, browser.InitModeNoCORS
	r.call.KnowsCredentials = true
	if blob, ok := init.Body.(browser.Blob); ok && blob.Type != "" && !fetch.IsCORSSafelistedRequestHeader("Content-Type", blob.Type) {
		init.Mode = browser.InitModeCORS
	}
	r.call.note("sendBeacon() makes the request; the same request of fetch() is judged, and no script sees its response")
	return r.url(c.argument(0))
}

// got reads a call of got, which has the options of ky.
func (r *callReader) got(c jsCall) error {
	r.call.note("got runs in Node.js, where there is no CORS; the request is judged as if a page made it")
	return r.ky(c)
}

// isJSONP reports whether jQuery takes a URL for one of JSONP: a question mark stands for
// the name of the function.
func isJSONP(url string) bool {
	_, query, _ := strings.Cut(url, "?")
	for field := range strings.SplitSeq(query, "&") {
		if strings.HasSuffix(field, "=?") {
			return true
		}
	}
	return strings.Contains(url, "??")
}

// chainSteps are the functions of superagent that change a request.
var chainSteps = []string{"send", "set", "type", "withCredentials", "auth", "attach", "field", "accept"}

// isChainStep reports whether a name at an offset is that of a function that follows a
// call of superagent.
func (p *jsProgram) isChainStep(path string, start int) bool {
	return p.hasSuperagent && slices.Contains(chainSteps, path) && strings.HasSuffix(strings.TrimRight(p.scanner.input[max(0, start-1):start], " \t\n"), ".")
}

// superagent reads a call such as superagent.post(url), and the functions of its result
// that follow it.
func (r *callReader) superagent(c jsCall) error {
	url, data := c.argument(0), c.argument(1)
	switch method := lastName(c.path); {
	case method == "del":
		r.call.Init.Method = "DELETE"
	case slices.Contains(clientMethods, method) && strings.Contains(c.path, "."):
		r.call.Init.Method = strings.ToUpper(method)
	case len(c.arguments) > 1:
		r.method(url)
		url, data = data, jsNode{}
	}
	if r.call.Init.Method != "GET" && r.call.Init.Method != "HEAD" {
		r.sent(data)
	}
	for _, step := range r.program.calls {
		if _, isClient := r.program.clientOf(step.path); step.offset > c.offset && isClient {
			break
		}
		if name, ok := strings.CutPrefix(step.path, "."); ok && step.offset > c.offset {
			if err := r.chainStep(name, step); err != nil {
				return err
			}
		}
	}
	r.settleMethod()
	r.call.KnowsCredentials = true
	r.call.note("superagent uses XMLHttpRequest; the same request of fetch() is judged")
	return r.url(url)
}

// chainStep reads one of the functions that follow a call of superagent.
func (r *callReader) chainStep(name string, step jsCall) error {
	first, second := step.argument(0), step.argument(1)
	text, _ := first.value.(string)
	switch name {
	case "set":
		if len(step.arguments) == 1 {
			return r.headers(first)
		}
		r.namedHeader(first, second)
	case "accept":
		r.header("Accept", jsNode{value: longType(text), offset: step.offset})
	case "type":
		r.wire.Delete("Content-Type")
		r.setType(longType(text))
	case "send":
		r.sent(first)
	case "attach", "field":
		r.call.Init.Body = browser.Form{{Name: "field", Value: "value"}}
	case "withCredentials":
		r.withCredentials(jsNode{value: first.value == nil || first.value == true})
	case "auth":
		r.wire.Append("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(unknownText)))
	}
	return nil
}

// sent sets the body that superagent sends: objects as JSON, and text as a form.
func (r *callReader) sent(data jsNode) {
	if _, isText := data.value.(string); isText {
		r.body(data)
		r.setType("application/x-www-form-urlencoded")
		return
	}
	r.jsonBody(data, "application/json")
}

// longType returns the type that superagent means by a short name.
func longType(name string) string {
	switch name {
	case "json":
		return "application/json"
	case "form", "urlencoded", "form-data":
		return "application/x-www-form-urlencoded"
	case "html", "xml", "text":
		return "text/" + strings.Replace(name, "text", "plain", 1)
	}
	return name
}
