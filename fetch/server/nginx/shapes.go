package nginx

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// directivesText lists the directives of nginx by shape: a line has the places
// where they may stand (M main, E events, H http, U upstream, S server, L location,
// i if in a server, l if in a location, x limit_except), the numbers of arguments
// ("{" with a block), the type of the value (f on or off, and repeated only by
// mistake; F on or off; z size, t time, n number, d other single value; - none of
// these), and the names.
//
//go:embed directives.txt
var directivesText string

// shape says where a directive may stand and what it takes.
type shape struct {
	places string
	counts string
	block  bool
	value  byte
}

// shapes returns the shapes of all directives by name.
var shapes = sync.OnceValue(func() map[string][]shape {
	out := make(map[string][]shape)
	for line := range strings.Lines(directivesText) {
		words := strings.Fields(line)
		counts, block := strings.CutSuffix(words[1], "{")
		s := shape{places: words[0], counts: counts, block: block, value: words[2][0]}
		for _, name := range words[3:] {
			out[name] = append(out[name], s)
		}
	}
	return out
})

// newer are the directives that version 1.22 does not have.
var newer = map[string]string{
	"http2": "1.25.1", "http3": "1.25.0", "http3_hq": "1.25.0", "http3_max_concurrent_streams": "1.25.0", "http3_stream_buffer_size": "1.25.0",
	"quic_retry": "1.25.0", "quic_gso": "1.25.0", "quic_host_key": "1.25.0", "quic_active_connection_id_limit": "1.25.0",
	"keepalive_min_timeout": "1.27.4", "early_hints": "1.29.0", "max_headers": "1.29.8", "proxy_pass_trailers": "1.27.2",
	"add_header_inherit": "1.29.3", "add_trailer_inherit": "1.29.3", "ssl_certificate_cache": "1.27.4", "proxy_ssl_certificate_cache": "1.27.4",
	"grpc_ssl_certificate_cache": "1.27.4", "uwsgi_ssl_certificate_cache": "1.27.4", "ssl_ech_file": "1.29.4", "ssl_certificate_compression": "1.29.1",
	"sticky": "1.29.6", "least_time": "1.31.0",
}

// removed are the directives that newer versions do not have any more.
var removed = map[string]string{"ssl": "1.25.1"}

// modules are the beginnings of names of directives that come from modules which
// are not part of nginx, or that run programs.
var modules = []struct{ prefix, module string }{
	{"lua_", "Lua"}, {"access_by_lua", "Lua"}, {"content_by_lua", "Lua"}, {"rewrite_by_lua", "Lua"}, {"set_by_lua", "Lua"},
	{"header_filter_by_lua", "Lua"}, {"body_filter_by_lua", "Lua"}, {"log_by_lua", "Lua"}, {"init_by_lua", "Lua"}, {"init_worker_by_lua", "Lua"},
	{"server_rewrite_by_lua", "Lua"}, {"balancer_by_lua", "Lua"}, {"ssl_certificate_by_lua", "Lua"},
	{"js_", "njs"}, {"perl", "Perl"}, {"echo", "echo"}, {"brotli", "Brotli"}, {"zstd", "Zstandard"}, {"pagespeed", "PageSpeed"}, {"modsecurity", "ModSecurity"},
	{"more_", "headers-more"}, {"set_unescape_uri", "set-misc"}, {"set_escape_uri", "set-misc"}, {"vhost_traffic_status", "vts"}, {"geoip2", "GeoIP2"}, {"passenger", "Passenger"},
	{"auth_jwt", "NGINX Plus"}, {"health_check", "NGINX Plus"}, {"status_zone", "NGINX Plus"}, {"opentracing", "OpenTracing"}, {"otel_", "OpenTelemetry"},
	{"upload_", "upload"}, {"push_stream", "push stream"}, {"nchan_", "nchan"}, {"fancyindex", "fancyindex"}, {"subs_filter", "substitutions"},
	{"cors", "nginx-http-cors-filter"}, {"auth_ldap", "ldap"}, {"auth_pam", "pam"}, {"testcookie", "testcookie"}, {"rtmp", "rtmp"}, {"dav_ext_methods", "dav-ext"},
	{"proxy_cache_purge", "cache purge"}, {"proxy_ssl_sni", "another module"}, {"image_filter", "image filter"}, {"xslt_", "XSLT"}, {"naxsi", "NAXSI"}, {"session_log", "NGINX Plus"}, {"state", "NGINX Plus"}, {"zone_sync", "NGINX Plus"},
}

// refused are directives of nginx that change what is answered and are not modelled.
var refused = []string{"dav_methods", "mp4", "flv", "image_filter", "perl", "perl_set", "xslt_stylesheet", "random_index", "tunnel_pass"}

// check returns the error of nginx for a directive that is in the wrong place
// or has the wrong form, or the error for one that is not modelled.
func (c *compiler) check(d *directive, where byte) error {
	list := shapes()[d.name]
	if since := newer[d.name]; list != nil && since != "" && !c.versionAtLeast(since) {
		list = nil
	}
	if gone := removed[d.name]; gone != "" && c.version.atLeast(gone) {
		list = nil
	}
	if list == nil {
		return c.unknownDirective(d, where)
	}
	for _, s := range list {
		if strings.IndexByte(s.places, where) < 0 {
			continue
		}
		if message := s.form(d); message != "" {
			return &server.StartError{Position: d.at, Message: message}
		}
		if slices.Contains(refused, d.name) && !(d.name == "dav_methods" && d.args[0] == "off") {
			return &server.InputError{Position: d.at, Problem: fmt.Sprintf("%q is not modelled", d.name), Help: "leave it out if it does not matter"}
		}
		return nil
	}
	return &server.StartError{Position: d.at, Message: fmt.Sprintf(`"%s" directive is not allowed here`, d.name)}
}

// form returns nginx's message about the form of a directive, or "".
func (s *shape) form(d *directive) string {
	switch {
	case !s.block && d.open:
		return fmt.Sprintf(`directive "%s" is not terminated by ";"`, d.name)
	case s.block && !d.open:
		return fmt.Sprintf(`directive "%s" has no opening "{"`, d.name)
	}
	n := len(d.args)
	if low, more := strings.CutSuffix(s.counts, "+"); more {
		if n < int(low[0]-'0') {
			return fmt.Sprintf(`invalid number of arguments in "%s" directive`, d.name)
		}
	} else if n > 9 || strings.IndexByte(s.counts, byte('0'+n)) < 0 {
		return fmt.Sprintf(`invalid number of arguments in "%s" directive`, d.name)
	}
	return s.badValue(d)
}

// badValue returns nginx's message about the value of a directive, or "".
func (s *shape) badValue(d *directive) string {
	switch s.value {
	case 'f', 'F':
		if v := fetch.ByteLowercase(d.args[0]); v != "on" && v != "off" {
			return fmt.Sprintf(`invalid value "%s" in "%s" directive, it must be "on" or "off"`, d.args[0], d.name)
		}
	case 'z':
		if _, ok := parseSize(d.args[0]); !ok {
			return fmt.Sprintf(`"%s" directive invalid value`, d.name)
		}
	case 'n':
		if _, ok := parseNumber(d.args[0]); !ok {
			return fmt.Sprintf(`"%s" directive invalid number`, d.name)
		}
	case 't':
		if !isTime(d.args[0]) {
			return fmt.Sprintf(`"%s" directive invalid value`, d.name)
		}
	}
	return ""
}

// once reports whether a directive may stand only once in a block.
func once(name string, where byte) bool {
	for _, s := range shapes()[name] {
		if strings.IndexByte(s.places, where) >= 0 {
			return strings.IndexByte("fztnd", s.value) >= 0
		}
	}
	return false
}

// unknownDirective returns the error for a name that nginx does not know.
func (c *compiler) unknownDirective(d *directive, where byte) error {
	for _, m := range modules {
		if !strings.HasPrefix(d.name, m.prefix) {
			continue
		}
		if m.module == "headers-more" && c.headersMore {
			return nil
		}
		if m.module == "headers-more" && !c.fragment && !c.modulesMayLoad {
			return &server.StartError{Position: d.at, Message: fmt.Sprintf("unknown directive %q", d.name)}
		}
		if m.module == "headers-more" {
			c.headersMore = true
			c.assume(d.at, "the module headers-more is loaded, because "+d.name+" is used")
			return nil
		}
		return &server.InputError{Position: d.at, Problem: fmt.Sprintf("%q comes from a module (%s) that is not modelled", d.name, m.module), Help: "leave it out if it does not matter"}
	}
	return &server.StartError{Position: d.at, Message: fmt.Sprintf(`unknown directive "%s"`, d.name)}
}
