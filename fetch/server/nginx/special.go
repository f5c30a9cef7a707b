package nginx

import "strings"

// finalize ends the request with a status that the content did not send itself.
func (r *run) finalize(code int) {
	switch {
	case r.failure != nil || r.sent || r.closed || code < 0:
	case code == 444 || code == 408 || code == 499:
		r.closed = true
	case code >= 300 || code == 201 || code == 204:
		r.special(code)
	default:
		r.status = code
		r.send()
	}
}

// special answers with an error page, or with nginx's own page.
func (r *run) special(code int) {
	r.errStatus, r.contentType = code, ""
	if !r.errorPage && len(r.loc.errorPages) > 0 && r.changesLeft != 0 {
		r.errorPage = !r.loc.on("recursive_error_pages", "off")
		for i := range r.loc.errorPages {
			if p := &r.loc.errorPages[i]; p.status == code {
				r.sendErrorPage(p)
				return
			}
		}
	}
	if code >= 494 && code <= 497 {
		r.errStatus = 400
	}
	r.ownPage(code)
}

// sendErrorPage leads to the page that an error_page names.
func (r *run) sendErrorPage(p *errorPage) {
	if p.overwrite >= 0 {
		r.errStatus = p.overwrite
	}
	r.decided(&p.chosen)
	uri := r.known(p.uri)
	switch {
	case strings.HasPrefix(uri, "/"):
		if r.method != "HEAD" {
			r.method = "GET"
		}
		r.internalRedirect(splitArgs(uri))
		return
	case strings.HasPrefix(uri, "@"):
		r.namedLocation(uri)
		return
	}
	r.deleteHeader("location")
	r.setLocation(uri)
	r.out[len(r.out)-1].redirect = false
	switch r.errStatus {
	case 301, 302, 303, 307, 308:
	default:
		r.errStatus = 302
	}
	r.ownPage(r.errStatus)
}

// internalRedirect starts again with another path.
func (r *run) internalRedirect(uri, args string) {
	if r.changesLeft--; r.changesLeft == 0 {
		r.finalize(500)
		return
	}
	r.uri, r.args, r.asSent = uri, args, false
	r.loc = r.server.level
	r.internal, r.addAlias, r.validLocation = true, false, true
	r.gzipVary = false
	r.process(serverRewrite)
}

// namedLocation continues in a location by its name.
func (r *run) namedLocation(name string) {
	if r.changesLeft--; r.changesLeft == 0 {
		r.finalize(500)
		return
	}
	loc := r.server.named[name]
	if loc == nil {
		r.finalize(500)
		return
	}
	r.internal, r.handler, r.uriChanged = true, noHandler, false
	r.loc = loc
	r.decided(&loc.chosen)
	r.updateLocation()
	r.process(rewritePhase)
}

// titles are the titles of nginx's own pages by status.
var titles = map[int]string{
	301: "301 Moved Permanently", 302: "302 Found", 303: "303 See Other", 307: "307 Temporary Redirect", 308: "308 Permanent Redirect",
	400: "400 Bad Request", 401: "401 Authorization Required", 402: "402 Payment Required", 403: "403 Forbidden", 404: "404 Not Found",
	405: "405 Not Allowed", 406: "406 Not Acceptable", 408: "408 Request Time-out", 409: "409 Conflict", 410: "410 Gone", 411: "411 Length Required",
	412: "412 Precondition Failed", 413: "413 Request Entity Too Large", 414: "414 Request-URI Too Large", 415: "415 Unsupported Media Type",
	416: "416 Requested Range Not Satisfiable", 421: "421 Misdirected Request", 429: "429 Too Many Requests", 494: "400 Request Header Or Cookie Too Large",
	495: "400 The SSL certificate error", 496: "400 No required SSL certificate was sent", 497: "400 The plain HTTP request was sent to HTTPS port",
	498: "404 Not Found", 500: "500 Internal Server Error", 501: "501 Not Implemented", 502: "502 Bad Gateway", 503: "503 Service Temporarily Unavailable",
	504: "504 Gateway Time-out", 505: "505 HTTP Version Not Supported", 507: "507 Insufficient Storage",
}

// ownPage sends nginx's own page for a status.
func (r *run) ownPage(code int) {
	r.status = code
	r.length, r.body = 0, ""
	if title := titles[code]; title != "" {
		software := "nginx"
		if r.loc.get("server_tokens", "on") != "off" {
			software += "/" + r.m.version
		}
		r.body = "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title +
			"</h1></center>\r\n<hr><center>" + software + "</center>\r\n</body>\r\n</html>\r\n"
		r.contentType = "text/html"
		r.length = len(r.body)
		if code >= 400 && r.loc.on("msie_padding", "on") && strings.Contains(r.main.requestHeader("user_agent"), "Chrome/") {
			r.length += 402
		}
	}
	r.send()
}
