package capture

import (
	"slices"
	"strings"
)

// each calls a function for each member of an object by its key. What is not an object has no
// members.
func (r *callReader) each(node jsNode, read map[string]func(jsNode) error, other func(m jsMember)) error {
	object, ok := node.value.(*jsObject)
	if !ok {
		if blank, unknown := node.value.(*jsBlank); unknown {
			r.open = true
			r.call.note("the options %s are not known; none is assumed: write them into the call", blank.source)
		}
		return nil
	}
	for _, m := range object.members {
		f, ok := read[m.key]
		if !ok {
			other(m)
			continue
		}
		if err := f(m.value); err != nil {
			return err
		}
	}
	return nil
}

// silently ignores the members that have nothing to do with CORS.
func silently(jsMember) {}

// quiet makes a function that cannot fail one of those that each calls.
func quiet(read func(jsNode)) func(jsNode) error {
	return func(n jsNode) error { read(n); return nil }
}

// argument returns an argument; its value is nil if there is none.
func (c jsCall) argument(i int) jsNode {
	if i < len(c.arguments) {
		return c.arguments[i]
	}
	return jsNode{offset: c.offset}
}

// ofetch reads a call of $fetch, which sends objects as JSON.
func (r *callReader) ofetch(c jsCall) error {
	if err := r.url(c.argument(0)); err != nil {
		return err
	}
	var base jsNode
	members := r.fetchMembers()
	members["body"] = quiet(func(n jsNode) { r.jsonBody(n, "application/json") })
	members["baseURL"] = quiet(func(n jsNode) { base = n })
	err := r.each(c.argument(1), members, silently)
	if err == nil {
		err = r.resolve(base, base.value != nil)
	}
	r.settleMethod()
	return err
}

// axiosConfig is what the configurations of axios say, of which later ones win.
type axiosConfig struct {
	url, data, base jsNode
	method          jsNode
}

// axios reads a call of axios or of an instance: axios(config), axios(url, config),
// axios.get(url, config), axios.post(url, data, config).
func (r *callReader) axios(c jsCall) error {
	var config axiosConfig
	if err := r.axiosDefaults(&config, c.path); err != nil {
		return err
	}
	method := lastName(c.path)
	options := c.argument(1)
	_, isConfig := c.argument(0).value.(*jsObject)
	switch {
	case isConfig:
		options = c.argument(0)
	case method == "post" || method == "put" || method == "patch":
		config.url, config.data, options = c.argument(0), c.argument(1), c.argument(2)
	default:
		config.url = c.argument(0)
	}
	if slices.Contains(clientMethods, method) && strings.Contains(c.path, ".") {
		config.method = jsNode{strings.ToUpper(method), c.offset}
	}
	if err := r.axiosOptions(&config, options); err != nil {
		return err
	}
	return r.axiosSend(&config, c.offset)
}

// axiosDefaults reads axios.defaults, the configuration of an instance, and the headers that
// an interceptor sets.
func (r *callReader) axiosDefaults(config *axiosConfig, path string) error {
	for name, node := range r.program.assigned {
		_, member, ok := strings.Cut(name, ".defaults.")
		if !ok {
			continue
		}
		if header, ok := strings.CutPrefix(member, "headers."); ok {
			parts := strings.Split(header, ".")
			r.header(parts[len(parts)-1], node)
			continue
		}
		object := &jsObject{[]jsMember{{member, node.offset, node}}}
		if err := r.axiosOptions(config, jsNode{object, node.offset}); err != nil {
			return err
		}
	}
	if r.intercepts() {
		for name, node := range r.program.assigned {
			if before, header, ok := strings.Cut(name, ".headers."); ok && !strings.Contains(before, "defaults") {
				parts := strings.Split(header, ".")
				r.header(parts[len(parts)-1], node)
			}
		}
	}
	instance := path
	if i := strings.LastIndexByte(path, '.'); i >= 0 && (path[i+1:] == "request" || slices.Contains(clientMethods, path[i+1:])) {
		instance = path[:i]
	}
	made, ok := r.program.scanner.names[instance].value.(*jsMade)
	if !ok || len(made.arguments) == 0 {
		return nil
	}
	return r.axiosOptions(config, made.arguments[0])
}

// intercepts reports whether the text has an interceptor of requests.
func (r *callReader) intercepts() bool {
	return strings.Contains(r.program.scanner.input, "interceptors.request.use")
}

// axiosOptions reads a configuration of axios.
func (r *callReader) axiosOptions(config *axiosConfig, node jsNode) error {
	return r.each(node, map[string]func(jsNode) error{
		"url":             quiet(func(n jsNode) { config.url = n }),
		"baseURL":         quiet(func(n jsNode) { config.base = n }),
		"method":          quiet(func(n jsNode) { config.method = n }),
		"data":            quiet(func(n jsNode) { config.data = n }),
		"headers":         r.headers,
		"withCredentials": quiet(r.withCredentials),
		"auth":            quiet(func(jsNode) { r.addHeader("Authorization", "Basic …") }),
		"credentials": quiet(func(jsNode) {
			r.call.note("axios has no option credentials: it is ignored; withCredentials: true sends cookies")
		}),
		"mode":        quiet(func(jsNode) { r.call.note("axios has no option mode: it is ignored") }),
		"crossDomain": quiet(func(jsNode) { r.call.note("axios has no option crossDomain: it is ignored") }),
		"onUploadProgress": quiet(func(jsNode) {
			r.call.note("onUploadProgress listens for the progress of the upload, which causes a preflight of every request with a body")
		}),
	}, silently)
}

// axiosSend sets what axios sends for a configuration.
func (r *callReader) axiosSend(config *axiosConfig, offset int) error {
	if config.url.value == nil {
		config.url = jsNode{"", offset}
	}
	if err := r.url(config.url); err != nil {
		return err
	}
	if err := r.resolve(config.base, config.base.value != nil); err != nil {
		return err
	}
	r.method(config.method)
	r.call.Init.Method = strings.ToUpper(r.call.Init.Method)
	if config.data.value == nil {
		if r.wire.Contains("Content-Type") {
			r.wire.Delete("Content-Type")
			r.call.note("axios removes Content-Type from a request without a body")
		}
		r.settleMethod()
		return nil
	}
	text, isText := config.data.value.(string)
	r.jsonBody(config.data, "application/json")
	if isText && text != "" {
		r.setType("application/x-www-form-urlencoded")
	}
	r.settleMethod()
	r.call.note("axios uses XMLHttpRequest; the same request of fetch() is judged")
	return nil
}

// ky reads a call of ky.
func (r *callReader) ky(c jsCall) error {
	if err := r.url(c.argument(0)); err != nil {
		return err
	}
	if method := lastName(c.path); slices.Contains(clientMethods, method) && strings.Contains(c.path, ".") {
		r.call.Init.Method = strings.ToUpper(method)
	}
	var base jsNode
	members := r.fetchMembers()
	members["json"] = quiet(func(n jsNode) { r.text("{}"); r.setType("application/json") })
	members["prefixUrl"] = quiet(func(n jsNode) { base = n })
	instance, _, _ := strings.Cut(c.path, ".")
	if made, ok := r.program.scanner.names[instance].value.(*jsMade); ok && len(made.arguments) > 0 {
		if err := r.each(made.arguments[0], members, silently); err != nil {
			return err
		}
	}
	if err := r.each(c.argument(1), members, silently); err != nil {
		return err
	}
	r.settleMethod()
	return r.resolve(base, base.value != nil)
}

// jquery reads $.ajax(settings), $.ajax(url, settings), $.get, $.post and $.getJSON.
func (r *callReader) jquery(c jsCall) error {
	settings, url := c.argument(1), c.argument(0)
	if _, ok := url.value.(*jsObject); ok {
		settings, url = url, jsNode{offset: c.offset}
	}
	var data, contentType jsNode
	data.value = nil
	jsonp := false
	method := lastName(c.path)
	if method != "ajax" {
		data = c.argument(1)
		settings = jsNode{offset: c.offset}
		if method == "post" {
			r.call.Init.Method = "POST"
		}
	}
	given := false
	err := r.each(settings, map[string]func(jsNode) error{
		"url":         quiet(func(n jsNode) { url = n }),
		"type":        quiet(r.method),
		"method":      quiet(r.method),
		"data":        quiet(func(n jsNode) { data = n }),
		"headers":     r.headers,
		"contentType": quiet(func(n jsNode) { contentType, given = n, true }),
		"dataType":    quiet(func(n jsNode) { jsonp = n.value == "jsonp" }),
		"xhrFields": func(n jsNode) error {
			return r.each(n, map[string]func(jsNode) error{"withCredentials": quiet(r.withCredentials)}, silently)
		},
		"withCredentials": quiet(func(jsNode) {
			r.call.note("jQuery has no setting withCredentials: it is ignored; xhrFields: {withCredentials: true} sends cookies")
		}),
	}, silently)
	if err != nil {
		return err
	}
	if text, ok := url.value.(string); jsonp || ok && isJSONP(text) {
		return r.errorAt(c.offset, "JSONP loads a script, to which CORS does not apply; without dataType: 'jsonp' and callback=? it is a request that CORS judges")
	}
	for _, h := range r.program.headers {
		r.header(h.key, h.value)
	}
	r.call.Init.Method = strings.ToUpper(r.call.Init.Method)
	r.jqueryBody(data, contentType, given)
	r.settleMethod()
	return r.url(url)
}

// jqueryBody sets the body: jQuery serializes objects as a form's fields.
func (r *callReader) jqueryBody(data, contentType jsNode, given bool) {
	method := r.call.Init.Method
	if data.value == nil || method == "" || method == "GET" || method == "HEAD" {
		return
	}
	if r.body(data) {
		r.text("field=value")
	}
	word, isText := contentType.value.(string)
	switch {
	case isText:
		r.setType(word)
	case !given:
		r.setType("application/x-www-form-urlencoded; charset=UTF-8")
	}
}

// angular reads a call of HttpClient: get(url, options), post(url, body, options).
func (r *callReader) angular(c jsCall) error {
	method := lastName(c.path)
	options, body := c.argument(1), jsNode{}
	if method == "post" || method == "put" || method == "patch" {
		body, options = c.argument(1), c.argument(2)
	}
	r.call.Init.Method = strings.ToUpper(method)
	err := r.each(options, map[string]func(jsNode) error{
		"headers": r.headers, "withCredentials": quiet(r.withCredentials),
		"body": quiet(func(n jsNode) { body = n }),
	}, silently)
	if err != nil {
		return err
	}
	r.jsonBody(body, "application/json")
	return r.url(c.argument(0))
}

// xhr reads the call of open() of an XMLHttpRequest, with what is set on it.
func (r *callReader) xhr(c jsCall) error {
	if len(c.arguments) < 2 {
		return r.errorAt(c.offset, "open() takes a method and a URL")
	}
	r.method(c.arguments[0])
	if err := r.url(c.arguments[1]); err != nil {
		return err
	}
	receiver := strings.TrimSuffix(c.path, ".open")
	if node, ok := r.program.assigned[receiver+".withCredentials"]; ok {
		r.withCredentials(node)
	}
	r.call.KnowsCredentials = true
	for _, h := range r.program.headers {
		r.header(h.key, h.value)
	}
	for _, other := range r.program.calls {
		if other.path == receiver+".send" && other.offset > c.offset {
			r.stringBody(other.argument(0))
			break
		}
	}
	r.settleMethod()
	r.call.note("XMLHttpRequest makes the request; the same request of fetch() is judged")
	return nil
}
