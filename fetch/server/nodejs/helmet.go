package nodejs

import (
	"fmt"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
)

// helmetHeader is a header that helmet sets.
type helmetHeader struct {
	options     []string // the names of its option
	name, value string
	off         bool // not by default
	remove      string
	option      string // the option that gives the value
}

// helmetHeaders are the headers of helmet 8, in its order.
var helmetHeaders = []helmetHeader{
	{options: []string{"contentSecurityPolicy"}, name: "Content-Security-Policy", value: "default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action 'self';frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src 'self';script-src-attr 'none';style-src 'self' https: 'unsafe-inline';upgrade-insecure-requests"},
	{options: []string{"crossOriginEmbedderPolicy"}, name: "Cross-Origin-Embedder-Policy", value: "require-corp", off: true, option: "policy"},
	{options: []string{"crossOriginOpenerPolicy"}, name: "Cross-Origin-Opener-Policy", value: "same-origin", option: "policy"},
	{options: []string{"crossOriginResourcePolicy"}, name: "Cross-Origin-Resource-Policy", value: "same-origin", option: "policy"},
	{options: []string{"originAgentCluster"}, name: "Origin-Agent-Cluster", value: "?1"},
	{options: []string{"referrerPolicy"}, name: "Referrer-Policy", value: "no-referrer", option: "policy"},
	{options: []string{"strictTransportSecurity", "hsts"}, name: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains"},
	{options: []string{"xContentTypeOptions", "noSniff"}, name: "X-Content-Type-Options", value: "nosniff"},
	{options: []string{"xDnsPrefetchControl", "dnsPrefetchControl"}, name: "X-DNS-Prefetch-Control", value: "off"},
	{options: []string{"xDownloadOptions", "ieNoOpen"}, name: "X-Download-Options", value: "noopen"},
	{options: []string{"xFrameOptions", "frameguard"}, name: "X-Frame-Options", value: "SAMEORIGIN"},
	{options: []string{"xPermittedCrossDomainPolicies", "permittedCrossDomainPolicies"}, name: "X-Permitted-Cross-Domain-Policies", value: "none"},
	{options: []string{"xPoweredBy", "hidePoweredBy"}, remove: "x-powered-by"},
	{options: []string{"xXssProtection", "xssFilter"}, name: "X-XSS-Protection", value: "0"},
}

// buildHelmet makes package helmet.
func buildHelmet(m *machine) goja.Value {
	f := m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		o, _ := c.Argument(0).(*goja.Object)
		if o != nil && m.unknown.byValue[o] != nil {
			o = nil
		}
		var set []helmetHeader
		for _, h := range helmetHeaders {
			if h, ok := m.helmetHeader(h, o); ok {
				set = append(set, h)
			}
		}
		return m.helmetMiddleware(set)
	}).(*goja.Object)
	for _, h := range helmetHeaders {
		for _, name := range h.options {
			_ = f.Set(name, func(c goja.FunctionCall) goja.Value {
				h := h
				if o, ok := c.Argument(0).(*goja.Object); ok {
					h.value = m.helmetValue(h, o)
				}
				return m.helmetMiddleware([]helmetHeader{h})
			})
		}
	}
	if csp, ok := f.Get("contentSecurityPolicy").(*goja.Object); ok {
		_ = csp.Set("getDefaultDirectives", func(goja.FunctionCall) goja.Value { return m.vm.NewObject() })
	}
	return f
}

// helmetHeader returns a header with the options of helmet; ok is false if it is
// switched off.
func (m *machine) helmetHeader(h helmetHeader, options *goja.Object) (helmetHeader, bool) {
	if options == nil {
		return h, !h.off
	}
	for _, name := range h.options {
		v := options.Get(name)
		switch {
		case v == nil || goja.IsUndefined(v):
			continue
		case isFalse(m, v):
			return h, false
		}
		if o, ok := v.(*goja.Object); ok {
			h.value = m.helmetValue(h, o)
		}
		return h, true
	}
	return h, !h.off
}

// helmetValue returns the value of a header with its own options.
func (m *machine) helmetValue(h helmetHeader, o *goja.Object) string {
	if v := o.Get(h.option); h.option != "" && v != nil && !goja.IsUndefined(v) {
		return fmt.Sprint(v.String())
	}
	return h.value
}

func (m *machine) helmetMiddleware(list []helmetHeader) goja.Value {
	lower, values := make([]string, len(list)), make([][]string, len(list))
	for i, h := range list {
		lower[i], values[i] = fetch.ByteLowercase(h.name), []string{h.value}
	}
	return m.middleware("helmetMiddleware", func(x *exchange, next func(goja.Value)) {
		for i, h := range list {
			if h.remove != "" {
				x.remove(h.remove)
			} else {
				x.setLower(h.name, lower[i], values[i])
			}
		}
		next(nil)
	})
}
