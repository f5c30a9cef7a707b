package python

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// redirectTo returns a redirect.
func redirectTo(status int, url string) *response {
	r := &response{kind: "HttpResponseRedirect", status: status}
	r.add("Content-Type", "text/html; charset=utf-8", server.Decision{})
	r.add("Location", url, server.Decision{})
	return r
}

// common is CommonMiddleware.
func (h *djangoHost) common(in *interp, c *djangoCall, i int) (*response, error) {
	if err := c.host(in); err != nil {
		return nil, err
	}
	www, err := known(h.setting("PREPEND_WWW", false))
	if err != nil && h.noURLs == nil {
		return nil, err
	}
	slash, u := h.needsSlash(in, c)
	url := ""
	if www && !strings.HasPrefix(c.parts.host, "www.") {
		url = c.parts.scheme + "://www." + c.parts.host
	}
	if slash || url != "" {
		if slash && isTrue(h.setting("DEBUG", false)) && slices.Contains([]string{"POST", "PUT", "PATCH"}, c.parts.req.Method) {
			return nil, in.raise(at0, "RuntimeError", "You called this URL via %s, but the URL doesn't end in a slash and you have APPEND_SLASH set.", c.parts.req.Method)
		}
		return redirectTo(301, url+c.fullPath(slash)), nil
	}
	r, err := c.layer(in, i+1)
	if err != nil {
		return nil, err
	}
	if u != nil && r.unknown == nil && r.status == 404 {
		r.unknown = u
	}
	return r, nil
}

// fullPath returns the path with its query, with a slash when one is added.
func (c *djangoCall) fullPath(slash bool) string {
	raw, query, has := strings.Cut(c.parts.req.Target, "?")
	if slash {
		raw += "/"
	}
	if has && query != "" {
		raw += "?" + query
	}
	if strings.HasPrefix(raw, "//") {
		raw = "/%2F" + raw[2:]
	}
	return raw
}

// needsSlash reports whether a slash is added to the path.
func (h *djangoHost) needsSlash(in *interp, c *djangoCall) (bool, *unknown) {
	add := h.setting("APPEND_SLASH", true)
	if !isTrue(add) && firstUnknown(add) == nil || strings.HasSuffix(c.parts.path, "/") {
		return false, nil
	}
	m, u := c.resolve(in, c.parts.path)
	if m != nil || u != nil {
		return false, u
	}
	m, u = c.resolve(in, c.parts.path+"/")
	if m == nil || u != nil {
		return false, u
	}
	if x := firstUnknown(add); x != nil {
		return false, x
	}
	return true, nil
}

// security is SecurityMiddleware.
func (h *djangoHost) security(in *interp, c *djangoCall, i int) (*response, error) {
	redirect := h.setting("SECURE_SSL_REDIRECT", false)
	if u := firstUnknown(redirect); u != nil {
		if h.starred == nil {
			return nil, u.err
		}
		redirect = false
	}
	if isTrue(redirect) && !c.secure() {
		items, _, err := in.iterateAt(nil, at0, h.setting("SECURE_REDIRECT_EXEMPT", &list{}))
		if err != nil {
			return nil, err
		}
		for _, x := range items {
			p, err := in.compile(h.where["SECURE_REDIRECT_EXEMPT"], str(x), false)
			if err != nil {
				return nil, err
			}
			if p.search.MatchString(strings.TrimLeft(c.parts.path, "/")) {
				return c.layer(in, i+1)
			}
		}
		host := c.parts.host
		if s, ok := h.setting("SECURE_SSL_HOST", none{}).(string); ok {
			host = s
		} else if err := c.host(in); err != nil {
			return nil, err
		}
		return redirectTo(301, "https://"+host+c.fullPath(false)), nil
	}
	return c.layer(in, i+1)
}

// secure reports whether the request counts as one over https.
func (c *djangoCall) secure() bool {
	if t, ok := c.h.setting("SECURE_PROXY_SSL_HEADER", none{}).(*tuple); ok && len(t.items) == 2 {
		name := strings.ReplaceAll(strings.TrimPrefix(str(t.items[0]), "HTTP_"), "_", "-")
		if v, ok := c.parts.header(name); ok {
			return strings.TrimSpace(strings.Split(v, ",")[0]) == str(t.items[1])
		}
	}
	return c.parts.req.TLS
}

// sessions is SessionMiddleware.
func (h *djangoHost) sessions(in *interp, c *djangoCall, i int) (*response, error) {
	r, err := c.layer(in, i+1)
	if err != nil {
		return nil, err
	}
	name := str(h.setting("SESSION_COOKIE_NAME", "sessionid"))
	if _, sent := c.parts.cookies().find(name); sent || c.session {
		return r, patchVary(r, server.Decision{Position: h.where["MIDDLEWARE"], Text: "the session is used"}, "Cookie")
	}
	return r, nil
}

// csrf is process_view of CsrfViewMiddleware.
func (h *djangoHost) csrf(in *interp, c *djangoCall) (*response, error) {
	if u := firstUnknown(c.match.view); u != nil {
		return nil, nil
	}
	exempt, err := in.attrOr(nil, nil, c.match.view, "csrf_exempt")
	if err != nil || isTrue(orNone(exempt)) || slices.Contains([]string{"GET", "HEAD", "OPTIONS", "TRACE"}, c.parts.req.Method) {
		return nil, err
	}
	token, sent := c.parts.cookies().find(str(h.setting("CSRF_COOKIE_NAME", "csrftoken")))
	header, _ := c.parts.header("X-CSRFToken")
	if form, ok := c.parts.form().find("csrfmiddlewaretoken"); ok {
		header = form
	}
	if sent && token == header && token != "" && !c.parts.req.TLS {
		return nil, nil
	}
	r := &response{kind: "HttpResponseForbidden", status: 403, body: strings.Repeat(" ", 1000)}
	r.add("Content-Type", "text/html", server.Decision{})
	return r, nil
}

func orNone(v value) value {
	if v == nil {
		return none{}
	}
	return v
}

// csrfResponse is process_response of CsrfViewMiddleware.
func (h *djangoHost) csrfResponse(in *interp, c *djangoCall, i int) (*response, error) {
	r, err := c.layer(in, i+1)
	if err != nil || !c.cookie {
		return r, err
	}
	return r, patchVary(r, server.Decision{Position: h.where["MIDDLEWARE"], Text: "the CSRF cookie is set"}, "Cookie")
}

// gzip is GZipMiddleware.
func (h *djangoHost) gzip(in *interp, c *djangoCall, i int) (*response, error) {
	r, err := c.layer(in, i+1)
	if err != nil {
		return nil, err
	}
	by := server.Decision{Position: h.where["MIDDLEWARE"], Text: "GZipMiddleware"}
	if r.bodyUnknown || r.unknown != nil {
		r.set("Vary", unknownf(by.Position, "leave GZipMiddleware out", "the length of the answer, on which Vary: Accept-Encoding depends"), by)
		return r, nil
	}
	if len(r.body) < 200 && r.kind != "StreamingHttpResponse" || r.get("Content-Encoding") != nil {
		return r, nil
	}
	return r, patchVary(r, by, "Accept-Encoding")
}

// locale is LocaleMiddleware.
func (h *djangoHost) locale(in *interp, c *djangoCall, i int) (*response, error) {
	r, err := c.layer(in, i+1)
	if err != nil {
		return nil, err
	}
	return r, patchVary(r, server.Decision{Position: h.where["MIDDLEWARE"], Text: "LocaleMiddleware"}, "Accept-Language")
}
