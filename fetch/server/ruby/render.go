package ruby

import (
	"strings"

	"github.com/corsim/corsim/origin"
)

// statusCodes are the names of statuses in Rails.
var statusCodes = map[string]int{
	"ok": 200, "created": 201, "accepted": 202, "no_content": 204, "moved_permanently": 301, "found": 302, "see_other": 303, "not_modified": 304, "temporary_redirect": 307,
	"bad_request": 400, "unauthorized": 401, "payment_required": 402, "forbidden": 403, "not_found": 404, "method_not_allowed": 405, "not_acceptable": 406, "conflict": 409, "gone": 410,
	"unsupported_media_type": 415, "unprocessable_entity": 422, "unprocessable_content": 422, "too_many_requests": 429, "internal_server_error": 500, "not_implemented": 501, "bad_gateway": 502, "service_unavailable": 503,
}

// setStatus sets the status of an action.
func (a *action) setStatus(v value) {
	switch v := v.(type) {
	case nil:
	case int64:
		a.status = int(v)
	case *unknown:
		a.unsure = v
	default:
		if n, ok := statusCodes[text(v)]; ok {
			a.status = n
		} else if n := leadingInt(text(v)); n > 0 {
			a.status = int(n)
		}
	}
}

// frameworkMethod is a method that Rails gives to controllers.
func (m *machine) frameworkMethod(o *object, c *call) (value, bool) {
	if o.class.isSinatra() && m.serving != nil {
		return m.sinatraMethod(m.serving, c)
	}
	a := m.rails.reply
	if a == nil || !strings.HasPrefix(o.class.baseName(), "ActionController::") {
		return nil, false
	}
	switch c.name {
	case "render":
		m.render(a)
		a.setStatus(c.option("status"))
		if s, ok := c.option("location").(string); ok {
			a.headers.set("Location", s)
		}
		return nil, true
	case "head":
		a.done = true
		a.setStatus(c.arg(0))
		a.addHeaders(c)
		return nil, true
	case "redirect_to":
		a.done = true
		a.status = 302
		a.setStatus(c.option("status"))
		if s, ok := c.arg(0).(string); ok {
			a.headers.set("Location", s)
		}
		return nil, true
	case "response":
		return m.railsResponse(a), true
	case "headers":
		return a.headers, true
	case "request":
		return requestOf(a.env), true
	case "params":
		return m.paramsOf(a), true
	case "performed?":
		return a.done, true
	case "action_name":
		return m.unknown(c.at, "action_name", ""), true
	case "expires_in", "expires_now", "fresh_when", "stale?", "reset_session", "logger":
		return nil, true
	case "respond_to":
		if o.class.baseName() == "ActionController::API" {
			m.raise(c.at, "NoMethodError", "undefined method `respond_to'")
		}
		return m.respondTo(a, c), true
	case "render_to_string", "url_for", "session", "cookies", "flash":
		return m.unknown(c.at, "the value of "+c.name, ""), true
	}
	return nil, false
}

// addHeaders adds the options of head that are headers.
func (a *action) addHeaders(c *call) {
	if c.named == nil {
		return
	}
	for _, p := range c.named.pairs {
		name := text(p.key)
		if name == "status" || name == "content_type" {
			continue
		}
		words := strings.Split(strings.ReplaceAll(name, "-", "_"), "_")
		for i, w := range words {
			if w != "" {
				words[i] = strings.ToUpper(w[:1]) + w[1:]
			}
		}
		a.headers.set(strings.Join(words, "-"), p.value)
	}
}

// railsResponse is the object response.
func (m *machine) railsResponse(a *action) value {
	return &native{name: "response", call: func(m *machine, c *call) (value, bool) {
		switch c.name {
		case "headers", "header":
			return a.headers, true
		case "set_header", "[]=", "add_header":
			if v, ok := a.headers.get(c.arg(0)); ok && c.name == "add_header" {
				a.headers.set(c.arg(0), text(v)+","+text(c.arg(1)))
				return nil, true
			}
			a.headers.set(c.arg(0), c.arg(1))
			return c.arg(1), true
		case "get_header", "[]":
			v, _ := a.headers.get(c.arg(0))
			return v, true
		case "delete_header":
			a.headers.remove(c.arg(0))
			return nil, true
		case "status=":
			a.setStatus(c.arg(0))
			return nil, true
		case "status":
			return int64(a.status), true
		}
		return nil, true
	}}
}

// paramsOf is the object params: the parts of the path are known.
func (m *machine) paramsOf(a *action) value {
	return &native{name: "params", call: func(m *machine, c *call) (value, bool) {
		name := text(c.arg(0))
		v, ok := a.params[name]
		query := queryOf(text(a.env.must("QUERY_STRING")))
		if !ok {
			v, ok = query[name]
		}
		body := text(a.env.must("CONTENT_LENGTH")) != "" && text(a.env.must("CONTENT_LENGTH")) != "0"
		switch c.name {
		case "[]", "fetch", "key?", "dig":
			switch {
			case c.name == "key?" && (ok || !body):
				return ok, true
			case ok:
				return v, true
			case !body && c.name == "[]":
				return nil, true
			}
		case "require":
			if !ok && !body {
				m.raise(c.at, "ActionController::ParameterMissing", "param is missing or the value is empty: "+name)
			}
		}
		return m.unknown(c.at, "the parameters of the request", ""), true
	}}
}

func queryOf(query string) map[string]string {
	out := make(map[string]string)
	for part := range strings.SplitSeq(query, "&") {
		if name, v, ok := strings.Cut(part, "="); ok {
			out[origin.PercentDecode(name)] = origin.PercentDecode(strings.ReplaceAll(v, "+", " "))
		}
	}
	return out
}

// respondTo runs the block of the first format that the request takes.
func (m *machine) respondTo(a *action, c *call) value {
	var names []string
	blocks := make(map[string]*proc)
	format := &native{name: "format", call: func(_ *machine, c *call) (value, bool) {
		names = append(names, c.name)
		blocks[c.name] = c.block
		return nil, true
	}}
	if c.block != nil {
		m.callProc(c.at, c.block, []value{format})
	}
	want := a.params["format"]
	accept := text(a.env.must("HTTP_ACCEPT"))
	if want == "" && accept != "" && accept != "*/*" {
		if accept != "application/json" {
			a.done, a.unsure = true, m.unknown(c.at, "the format that is chosen", "")
			return nil
		}
		want = "json"
	}
	for _, n := range names {
		if want != "" && n != want && n != "any" {
			continue
		}
		if b := blocks[n]; b != nil {
			m.callProc(c.at, b, nil)
		} else {
			m.render(a)
			a.unsure = m.unknown(c.at, "the template", "")
		}
		return nil
	}
	m.raise(c.at, "ActionController::UnknownFormat", "ActionController::UnknownFormat")
	return nil
}
