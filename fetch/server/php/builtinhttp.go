package php

import "github.com/corsim/corsim/fetch"

// httpFunctions are the functions about the request and the response.
func httpFunctions() map[string]builtin {
	headers := plain(func(c *args) value {
		out := new(array)
		for _, h := range c.r.headerLines() {
			out.setText(h.Name, h.Value)
		}
		return out
	})
	return map[string]builtin{
		"header":             raw(phpHeader),
		"header_remove":      plain(headerRemove),
		"http_response_code": raw(responseCode),
		"headers_sent":       plain(func(c *args) value { return c.r.sent }),
		"headers_list":       plain(headersList),
		"getallheaders":      headers, "apache_request_headers": headers,
		"header_register_callback": raw(func(c *args) value { c.r.whenSent = c.arg(0); return true }),
		"setcookie":                raw(func(*args) value { return true }),
		"setrawcookie":             raw(func(*args) value { return true }),
		"session_start":            raw(func(*args) value { return true }),
		"ob_start":                 raw(func(c *args) value { c.r.startBuffer(); return true }),
		"ob_get_level":             plain(func(c *args) value { return int64(len(c.r.buffers)) }),
		"ob_get_contents":          plain(func(c *args) value { return c.r.buffered() }),
		"ob_get_length":            plain(func(c *args) value { return int64(len(toString(c.r.buffered()))) }),
		"ob_get_clean":             plain(func(c *args) value { v := c.r.buffered(); c.r.endBuffer(); return v }),
		"ob_end_clean":             plain(func(c *args) value { return c.r.endBuffer() }),
		"ob_clean":                 plain(func(c *args) value { ok := c.r.endBuffer(); c.r.startBuffer(); return ok }),
		"ob_end_flush":             plain(func(c *args) value { return c.r.flushBuffer(c.pos) }),
		"ob_get_flush":             plain(func(c *args) value { v := c.r.buffered(); c.r.flushBuffer(c.pos); return v }),
		"ob_flush":                 plain(obFlush),
		"flush":                    plain(phpFlush),
		"ob_implicit_flush":        raw(func(*args) value { return nil }),
		"output_add_rewrite_var":   raw(func(*args) value { return true }),
		"fastcgi_finish_request":   raw(func(c *args) value { c.r.sendNow(c.pos); return true }),
	}
}

func phpHeader(c *args) value {
	replace := true
	if c.has(1) {
		replace = c.r.truth(c.list[1])
	}
	status := 0
	if u := unknownIn(c.arg(2)); u != nil {
		c.r.statusUnknown = u.err
	} else {
		status = int(c.integer(2, 0))
	}
	c.r.sendHeader(c.pos, c.arg(0), replace, status)
	return nil
}

func headerRemove(c *args) value {
	if c.r.tooLate(c.pos) {
		return nil
	}
	if !c.has(0) || c.list[0] == nil {
		c.r.note(c.pos, fetch.HeaderAllowOrigin, "header_remove() removes all headers")
		c.r.lines = nil
		return nil
	}
	c.r.note(c.pos, c.text(0), "header_remove() removes "+c.text(0))
	c.r.removeLines(c.text(0))
	return nil
}

func responseCode(c *args) value {
	old := int64(c.r.status)
	if u := unknownIn(c.arg(0)); u != nil {
		c.r.statusUnknown = u.err
		return old
	}
	status := int(c.integer(0, 0))
	if status == 0 || c.r.tooLate(c.pos) {
		return old
	}
	c.r.status = status
	return old
}

func headersList(c *args) value {
	out := newArray("X-Powered-By: PHP/" + c.r.program.version.Version)
	for _, l := range c.r.lines {
		if l.unknown != nil {
			out.append(l.unknown)
			continue
		}
		out.append(l.name + ": " + l.value)
	}
	return out
}

func obFlush(c *args) value {
	if len(c.r.buffers) > 0 {
		c.r.flushBuffer(c.pos)
		c.r.startBuffer()
	}
	return true
}

// phpFlush sends the headers, whatever waits in PHP's own buffer.
func phpFlush(c *args) value {
	c.r.sendNow(c.pos)
	return nil
}
