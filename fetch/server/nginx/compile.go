package nginx

import (
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// The places where a directive may stand, as directives.txt names them.
const (
	inMain       = 'M'
	inEvents     = 'E'
	inHTTP       = 'H'
	inUpstream   = 'U'
	inServer     = 'S'
	inLocation   = 'L'
	inServerIf   = 'i'
	inLocationIf = 'l'
	inLimit      = 'x'
)

// compiler makes the server out of the directives.
type compiler struct {
	src      *server.Source
	files    *files
	software server.Version
	version  version
	fragment bool
	// headersMore reports whether the module headers-more is loaded, and
	// modulesMayLoad whether an include that is not given may load modules.
	headersMore, modulesMayLoad bool
	// lacksFiles reports whether files are included that are not given.
	lacksFiles bool

	http      *level
	servers   []*virtualServer
	upstreams map[string]*upstream
	variables map[string]*variable
	model     *server.Model
	compile   map[string]compileFunc
	events    bool
	hasHTTP   bool
	assumed   map[string]bool // the texts of the assumptions that were made
}

// assume notes what is taken to be so, once.
func (c *compiler) assume(at server.Position, text string) {
	if !c.assumed[text] {
		c.assumed[text] = true
		c.model.Assumptions = append(c.model.Assumptions, server.Assumption{Position: at, Text: text})
	}
}

// startError returns nginx's message at a directive.
func startError(d *directive, format string, args ...any) error {
	return &server.StartError{Position: d.at, Message: fmt.Sprintf(format, args...)}
}

// notModelled returns the error for a directive that is not modelled.
func notModelled(d *directive, what, help string) error {
	return &server.InputError{Position: d.at, Problem: what + " is not modelled", Help: help}
}

// main compiles the outermost directives.
func (c *compiler) main(list []*directive) error {
	for _, d := range list {
		if d.err != nil {
			return d.err
		}
		if d.name == "include" {
			c.modulesMayLoad = true
			continue
		}
		if err := c.check(d, inMain); err != nil {
			return err
		}
		if err := c.mainDirective(d); err != nil {
			return err
		}
	}
	return nil
}

func (c *compiler) mainDirective(d *directive) error {
	switch d.name {
	case "http":
		if c.hasHTTP {
			return startError(d, `"http" directive is duplicate`)
		}
		c.hasHTTP = true
		c.http.at = d.at
		return c.body(d.block, c.http, inHTTP)
	case "events":
		if c.events {
			return startError(d, `"events" directive is duplicate`)
		}
		c.events = true
		return c.inert(d.block, inEvents)
	case "load_module":
		return c.loadModule(d)
	case "stream", "mail":
		c.assume(d.at, "the block "+d.name+" is skipped: it answers no requests of HTTP")
	}
	return nil
}

// inert checks directives that do not matter.
func (c *compiler) inert(list []*directive, where byte) error {
	for _, d := range list {
		if d.err != nil {
			return d.err
		}
		if d.name == "include" {
			continue
		}
		if err := c.check(d, where); err != nil {
			return err
		}
	}
	return nil
}

// body compiles the directives of one level.
func (c *compiler) body(list []*directive, l *level, where byte) error {
	for _, d := range list {
		if d.err != nil {
			return d.err
		}
		if d.name == "include" {
			c.include(d, l, where)
			continue
		}
		if err := c.check(d, where); err != nil {
			return err
		}
		if err := c.directive(d, l, where); err != nil {
			return err
		}
	}
	return nil
}

// directive compiles one directive of a level.
func (c *compiler) directive(d *directive, l *level, where byte) error {
	if compile := c.compile[d.name]; compile != nil {
		return compile(c, d, l)
	}
	if once(d.name, where) && l.single[d.name] != nil {
		return startError(d, `"%s" directive is duplicate`, d.name)
	}
	l.single[d.name] = d.args
	return nil
}

// compileFunc compiles one directive of a level.
type compileFunc func(c *compiler, d *directive, l *level) error

// compileFuncs returns the functions for the directives that are more than a
// value; the others are kept by their name.
func compileFuncs() map[string]compileFunc {
	return map[string]compileFunc{
		"server": (*compiler).serverBlock, "listen": (*compiler).listen, "server_name": (*compiler).serverName,
		"location": (*compiler).location, "if": (*compiler).ifBlock, "limit_except": (*compiler).limitExcept, "internal": (*compiler).internal,
		"map": (*compiler).mapBlock, "geo": (*compiler).geoBlock, "split_clients": (*compiler).splitClients, "upstream": (*compiler).upstream,
		"set": (*compiler).set, "return": (*compiler).returnCode, "rewrite": (*compiler).rewrite, "break": (*compiler).breakCode, "valid_referers": (*compiler).validReferers,
		"add_header": (*compiler).addHeader, "more_set_headers": (*compiler).moreHeaders, "more_clear_headers": (*compiler).moreHeaders,
		"more_set_input_headers": (*compiler).moreInput, "more_clear_input_headers": (*compiler).moreInput,
		"error_page": (*compiler).errorPage, "try_files": (*compiler).tryFiles, "root": (*compiler).root, "alias": (*compiler).root, "types": (*compiler).types, "index": (*compiler).index,
		"allow": (*compiler).accessRule, "deny": (*compiler).accessRule, "auth_basic": (*compiler).authBasic, "auth_basic_user_file": (*compiler).authFile,
		"auth_request": (*compiler).authRequest, "auth_request_set": (*compiler).authRequestSet,
		"proxy_pass": (*compiler).pass, "fastcgi_pass": (*compiler).pass, "uwsgi_pass": (*compiler).pass, "scgi_pass": (*compiler).pass, "grpc_pass": (*compiler).pass, "memcached_pass": (*compiler).pass,
		"proxy_set_header": (*compiler).setHeader, "grpc_set_header": (*compiler).setHeader,
		"proxy_hide_header": (*compiler).hideHeader, "fastcgi_hide_header": (*compiler).hideHeader, "uwsgi_hide_header": (*compiler).hideHeader, "scgi_hide_header": (*compiler).hideHeader, "grpc_hide_header": (*compiler).hideHeader,
		"proxy_pass_header": (*compiler).hideHeader, "fastcgi_pass_header": (*compiler).hideHeader, "uwsgi_pass_header": (*compiler).hideHeader, "scgi_pass_header": (*compiler).hideHeader, "grpc_pass_header": (*compiler).hideHeader,
		"proxy_redirect": (*compiler).proxyRedirect, "stub_status": (*compiler).plainHandler, "empty_gif": (*compiler).plainHandler,
		"limit_req": (*compiler).limits, "limit_conn": (*compiler).limits, "proxy_cache": (*compiler).caches, "fastcgi_cache": (*compiler).caches,
		"ssi": (*compiler).bodyOnly, "sub_filter": (*compiler).bodyOnly, "log_format": (*compiler).ignore, "access_log": (*compiler).ignore, "error_log": (*compiler).ignore,
		"fastcgi_param": (*compiler).ignore, "uwsgi_param": (*compiler).ignore, "scgi_param": (*compiler).ignore, "set_real_ip_from": (*compiler).ignore,
		"limit_req_zone": (*compiler).ignore, "limit_conn_zone": (*compiler).ignore, "proxy_cache_path": (*compiler).ignore, "fastcgi_cache_path": (*compiler).ignore,
		"proxy_cache_valid": (*compiler).ignore, "fastcgi_cache_valid": (*compiler).ignore, "ssl_certificate": (*compiler).ignore, "ssl_certificate_key": (*compiler).ignore,
		"expires": (*compiler).expires, "gzip_disable": (*compiler).ignore, "proxy_cookie_path": (*compiler).ignore, "proxy_cookie_domain": (*compiler).ignore, "proxy_cookie_flags": (*compiler).ignore,
	}
}

func (c *compiler) ignore(*directive, *level) error { return nil }

func (c *compiler) limits(d *directive, _ *level) error {
	c.assume(d.at, "the limits of "+d.name+" are not reached")
	return nil
}

func (c *compiler) caches(d *directive, l *level) error {
	if l.single[d.name] != nil {
		return startError(d, `"%s" directive is duplicate`, d.name)
	}
	l.single[d.name] = d.args
	if d.args[0] != "off" {
		c.assume(d.at, "the cache of "+d.name+" is empty: each request is passed on")
	}
	return nil
}

// expires checks the time of expires.
func (c *compiler) expires(d *directive, l *level) error {
	if l.single[d.name] != nil {
		return startError(d, `"expires" directive is duplicate`)
	}
	l.single[d.name] = d.args
	text := d.args[len(d.args)-1]
	if len(d.args) == 2 && d.args[0] != "modified" {
		return startError(d, `invalid parameter "%s"`, d.args[0])
	}
	switch {
	case strings.Contains(text, "$") || len(d.args) == 1 && (text == "epoch" || text == "max" || text == "off"):
		_, err := c.value(text, d.at)
		return err
	case !isTime(strings.TrimLeft(text, "@+-")):
		return startError(d, `"expires" directive invalid value`)
	}
	return nil
}

func (c *compiler) bodyOnly(d *directive, l *level) error {
	l.single[d.name] = d.args
	c.assume(d.at, d.name+" is skipped: it changes bodies only")
	return nil
}

// loadModule notes the modules that are modelled.
func (c *compiler) loadModule(d *directive) error {
	switch name := moduleName(d.args[0]); name {
	case "ngx_http_headers_more_filter_module":
		c.headersMore = true
	case "ngx_stream_module", "ngx_mail_module", "ngx_stream_geoip_module":
	default:
		c.assume(d.at, "the module "+name+" is skipped; its directives are refused")
	}
	return nil
}

// include handles an include whose file is not given.
func (c *compiler) include(d *directive, l *level, where byte) {
	name := d.args[0]
	switch {
	case usualInclude(name):
		c.usual(name, l)
	case where == inHTTP || hasWildcard(name):
		c.lacksFiles = true
		c.assume(d.at, "the files of include "+name+" are not given and are taken to be empty")
	case l.missing == nil:
		l.missing = &server.UnknownError{Position: d.at, What: "the content of " + name, Help: "give it with --file"}
		c.model.Unknowns = append(c.model.Unknowns, l.missing)
	}
}

// upstream compiles an upstream block.
func (c *compiler) upstream(d *directive, _ *level) error {
	name := d.args[0]
	if _, has := c.upstreams[name]; has {
		return startError(d, `duplicate upstream "%s"`, name)
	}
	u := &upstream{name: name}
	c.upstreams[name] = u
	for _, s := range d.block {
		if s.err != nil {
			return s.err
		}
		if s.name == "include" {
			c.assume(s.at, "the files of include "+s.args[0]+" are not given and are taken to be empty")
			continue
		}
		if err := c.check(s, inUpstream); err != nil {
			return err
		}
		if s.name != "server" || slices.Contains(s.args[1:], "down") {
			continue
		}
		p := &peer{address: withPort(s.args[0], "80"), backup: slices.Contains(s.args[1:], "backup"), patient: slices.Contains(s.args[1:], "max_fails=0"), at: s.at}
		c.behind(p, s.args[0])
		u.peers = append(u.peers, p)
	}
	if len(d.block) == 0 || !slices.ContainsFunc(d.block, func(s *directive) bool { return s.name == "server" || s.name == "include" }) {
		return startError(d, "no servers are inside upstream")
	}
	slices.SortStableFunc(u.peers, func(a, b *peer) int { return boolOrder(a.backup) - boolOrder(b.backup) })
	return nil
}

func boolOrder(b bool) int {
	if b {
		return 1
	}
	return 0
}
