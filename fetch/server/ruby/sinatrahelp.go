package ruby

// sinatraMethod is a method that Sinatra gives to its routes.
func (m *machine) sinatraMethod(x *sinatraRun, c *call) (value, bool) {
	switch c.name {
	case "halt":
		halt(c)
	case "pass":
		panic(leaves{how: "throw:pass"})
	case "status":
		if len(c.args) > 0 {
			x.status = c.args[0]
		}
		return x.status, true
	case "headers":
		x.addHeaders(c)
		return x.headers, true
	case "response":
		return x.response(), true
	case "request":
		return requestOf(x.env), true
	case "params":
		return m.sinatraParams(x), true
	case "env":
		return x.env, true
	case "settings":
		return x.k, true
	case "redirect":
		x.redirect(c)
	case "body", "content_type", "cache_control", "expires", "last_modified", "etag", "logger", "attachment", "no_cache":
		return nil, true
	case "error", "not_found":
		x.fail(c)
	case "json", "erb", "haml", "slim", "markdown", "builder", "liquid", "jbuilder":
		return "", true
	case "session", "cookies":
		return m.unknown(c.at, c.name, ""), true
	case "url", "uri", "to":
		return "http://" + text(x.env.must("HTTP_HOST")) + text(c.arg(0)), true
	case "send_file":
		panic(leaves{how: "throw:halt", v: int64(200)})
	}
	return nil, false
}

// halt ends a route with what it is given.
func halt(c *call) {
	var v value = &list{items: c.all()}
	if len(c.args) == 1 && c.named == nil {
		v = c.args[0]
	}
	panic(leaves{how: "throw:halt", v: v})
}

// addHeaders sets the headers of a hash.
func (x *sinatraRun) addHeaders(c *call) {
	h, ok := c.arg(0).(*hash)
	if !ok {
		h = c.named
	}
	if h == nil {
		return
	}
	for _, p := range h.pairs {
		x.headers.set(text(p.key), p.value)
	}
}

// redirect ends a route with the status 302, or 303 after a request that is not a GET.
func (x *sinatraRun) redirect(c *call) {
	x.status = int64(302)
	if method := x.env.must("REQUEST_METHOD"); method != "GET" && x.env.must("HTTP_VERSION") == "HTTP/1.1" {
		x.status = int64(303)
	}
	location := text(c.arg(0))
	if len(location) > 0 && location[0] == '/' {
		location = text(x.env.must("rack.url_scheme")) + "://" + text(x.env.must("HTTP_HOST")) + location
	}
	x.headers.set("Location", location)
	var v value = newList()
	if len(c.args) > 1 {
		v = &list{items: append([]value{x.status}, c.args[1:]...)}
		if n, ok := c.args[1].(int64); ok {
			v = n
		}
	}
	panic(leaves{how: "throw:halt", v: v})
}

// fail is error(status, body) and not_found(body).
func (x *sinatraRun) fail(c *call) {
	status := value(int64(500))
	if c.name == "not_found" {
		status = int64(404)
	}
	if n, ok := c.arg(0).(int64); ok && c.name == "error" {
		status = n
	}
	panic(leaves{how: "throw:halt", v: status})
}

// response is the object response.
func (x *sinatraRun) response() value {
	return &native{name: "response", call: func(m *machine, c *call) (value, bool) {
		switch c.name {
		case "headers", "header":
			return x.headers, true
		case "[]", "get_header":
			v, _ := x.headers.get(c.arg(0))
			return v, true
		case "[]=", "set_header":
			x.headers.set(c.arg(0), c.arg(1))
			return c.arg(1), true
		case "delete_header":
			x.headers.remove(c.arg(0))
			return nil, true
		case "status=":
			x.status = c.arg(0)
			return x.status, true
		case "status":
			return x.status, true
		}
		return nil, true
	}}
}

// sinatraParams is the object params: the parts of the path and of the query are known.
func (m *machine) sinatraParams(x *sinatraRun) value {
	return &native{name: "params", call: func(m *machine, c *call) (value, bool) {
		v, ok := x.params.get(text(c.arg(0)))
		switch c.name {
		case "[]", "fetch", "key?", "dig", "has_key?":
			switch body := text(x.env.must("CONTENT_LENGTH")); {
			case c.name == "key?" || c.name == "has_key?":
				if ok || body == "" || body == "0" {
					return ok, true
				}
			case ok:
				return v, true
			case body == "" || body == "0":
				return nil, true
			}
		}
		return m.unknown(c.at, "the parameters of the request", ""), true
	}}
}
