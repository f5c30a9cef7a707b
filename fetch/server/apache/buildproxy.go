package apache

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// proxyConf holds the directives of mod_proxy in a section.
type proxyConf struct {
	pass          *pass // a ProxyPass in a <Location>
	reverse       []*reverse
	preserveHost  *bool
	errorOverride *bool
	overrideCodes []int
}

// A pass is a ProxyPass.
type pass struct {
	pos     server.Position
	prefix  string
	re      *pattern
	target  string
	noCanon bool
	noQuery bool
}

// A reverse is a ProxyPassReverse.
type reverse struct{ prefix, target string }

// proxyCommands returns the commands of mod_proxy.
func proxyCommands() map[string]command {
	return map[string]command{
		"proxypass": proxyPass, "proxypassmatch": proxyPass, "proxypassreverse": proxyPassReverse, "proxypreservehost": preserveHost,
		"proxyerroroverride": errorOverride, "balancermember": balancerMember, "proxyrequests": proxyRequests,
	}
}

func (s *section) proxyConf() *proxyConf {
	if s.proxy == nil {
		s.proxy = new(proxyConf)
	}
	return s.proxy
}

func proxyPass(b *builder, c *scope, d *directive) error {
	if c.perDir() && !strings.HasPrefix(c.kind, "<location") {
		return start(d.pos, "%s cannot occur within %s> section", d.name, c.kind)
	}
	args := words(d.args)
	p := &pass{pos: d.pos}
	isRe := d.key() == "proxypassmatch"
	if c.perDir() {
		args = append([]string{c.path}, args...)
		isRe = isRe || c.kind == "<locationmatch" || isGlob(c.path)
	} else if len(args) > 0 && args[0] == "~" {
		isRe, args = true, args[1:]
	}
	if len(args) < 2 {
		return start(d.pos, "ProxyPass|ProxyPassMatch needs a path when not defined in a location")
	}
	p.prefix, p.target = args[0], args[1]
	for _, a := range args[2:] {
		key, value, has := strings.Cut(lower(a), "=")
		switch {
		case key == "nocanon":
			p.noCanon = true
		case key == "noquery":
			p.noQuery = true
		case key == "interpolate" || key == "mapping" && value != "":
			return refuse(d.pos, a+" is not modelled", "")
		case !has:
			return start(d.pos, "Invalid ProxyPass|ProxyPassMatch parameter. Parameter must be in the form 'key=value'.")
		}
	}
	if isRe {
		re, err := b.compile(d, p.prefix, false, "Regular expression could not be compiled.")
		if err != nil {
			return err
		}
		p.re = re
	}
	if p.target != "!" {
		if err := b.proxyTarget(d, p.target); err != nil {
			return err
		}
	}
	if c.perDir() {
		c.sec.proxyConf().pass = p
	} else {
		c.host.passes = append(c.host.passes, p)
	}
	b.policy.route(c, d, p)
	return nil
}

// proxyTarget refuses targets that are not modelled.
func (b *builder) proxyTarget(d *directive, target string) error {
	switch i := absolute(target); {
	case strings.HasPrefix(target, "unix:"):
	case i == 0 && d.unknown != nil:
		return refuse(d.pos, d.unknown.What+" is not known", d.unknown.Help)
	case i == 0:
		return start(d.pos, "ProxyPass Unable to parse URL: %s", target)
	case strings.HasPrefix(lower(target), "http"), strings.HasPrefix(lower(target), "ws"), strings.HasPrefix(lower(target), "balancer"), strings.HasPrefix(lower(target), "fcgi"), strings.HasPrefix(lower(target), "h2"), strings.HasPrefix(lower(target), "uwsgi"), strings.HasPrefix(lower(target), "ajp"), strings.HasPrefix(lower(target), "scgi"):
	default:
		return refuse(d.pos, "the protocol of "+target+" is not modelled", "")
	}
	return nil
}

func proxyPassReverse(b *builder, c *scope, d *directive) error {
	args := words(d.args)
	if c.perDir() && len(args) == 1 {
		args = append([]string{c.path}, args...)
	}
	if len(args) < 2 {
		return start(d.pos, "ProxyPassReverse needs a path when not defined in a location")
	}
	r := &reverse{args[0], args[1]}
	if c.perDir() {
		p := c.sec.proxyConf()
		p.reverse = append(p.reverse, r)
		return nil
	}
	c.host.reverse = append(c.host.reverse, r)
	return nil
}

func preserveHost(b *builder, c *scope, d *directive) error {
	on, err := flag(d)
	c.sec.proxyConf().preserveHost = &on
	return err
}

func errorOverride(b *builder, c *scope, d *directive) error {
	args := words(d.args)
	if len(args) == 0 {
		return start(d.pos, "ProxyErrorOverride must be On or Off")
	}
	on := lower(args[0]) == "on"
	p := c.sec.proxyConf()
	p.errorOverride = &on
	for _, a := range args[1:] {
		p.overrideCodes = append(p.overrideCodes, atoi(a))
	}
	return nil
}

func balancerMember(b *builder, c *scope, d *directive) error {
	args := words(d.args)
	name := c.path
	if len(args) > 0 && strings.HasPrefix(lower(args[0]), "balancer://") {
		name, args = args[0], args[1:]
	}
	if len(args) == 0 {
		return start(d.pos, "BalancerMember must define a remote proxy server")
	}
	name = strings.TrimSuffix(lower(name), "/")
	if old := c.host.balancer[name]; old != "" && old != args[0] {
		b.note(d.pos, "the balancer "+name+" always chooses its first member, "+old)
		return nil
	}
	c.host.balancer[name] = args[0]
	return nil
}

func proxyRequests(b *builder, c *scope, d *directive) error {
	on, err := flag(d)
	if on {
		return refuse(d.pos, "a forward proxy is not modelled", "remove it if the server is not meant to be one")
	}
	return err
}
