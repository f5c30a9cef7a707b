package nginx

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// network is a range of addresses of IPv4. One of IPv6 has no mask and no address:
// no client has an address in it.
type network struct{ address, mask uint32 }

// contains reports whether an address of IPv4 lies in the network.
func (n network) contains(address string) bool {
	a, ok := parseIPv4(address)
	return ok && n.mask != notIPv4 && a&n.mask == n.address
}

// notIPv4 is a mask that no network of IPv4 has.
const notIPv4 = 1

// parseIPv4 reads an address such as "10.0.0.1".
func parseIPv4(s string) (address uint32, ok bool) {
	parts := strings.Split(s, ".")
	if len(parts) != 4 {
		return 0, false
	}
	for _, p := range parts {
		n, ok := parseNumber(p)
		if !ok || n > 255 {
			return 0, false
		}
		address = address<<8 | uint32(n)
	}
	return address, true
}

// parseNetwork reads an address or a network such as "10.0.0.0/8".
func parseNetwork(text string) (network, bool) {
	address, bits, hasBits := strings.Cut(text, "/")
	n, isNumber := parseNumber(bits)
	if strings.Contains(address, ":") {
		valid := !strings.ContainsFunc(address, func(r rune) bool { return !strings.ContainsRune("0123456789abcdefABCDEF:.", r) })
		return network{mask: notIPv4}, valid && (!hasBits || isNumber && n <= 128)
	}
	a, ok := parseIPv4(address)
	if !ok || hasBits && (!isNumber || n > 32) {
		return network{}, false
	}
	mask := ^uint32(0)
	if hasBits {
		mask = uint32(uint64(0xffffffff) << (32 - n))
	}
	return network{address: a & mask, mask: mask}, true
}

// accessRule is an allow or a deny.
type accessRule struct {
	allow     bool
	all, unix bool
	network   network
	acted     server.Decision
}

func (c *compiler) accessRule(d *directive, l *level) error {
	rule := accessRule{allow: d.name == "allow", acted: server.Decision{Position: d.at, Text: d.name + " " + d.args[0] + " applies"}}
	switch text := d.args[0]; text {
	case "all":
		rule.all = true
	case "unix:":
		rule.unix = true
	default:
		n, ok := parseNetwork(text)
		if !ok {
			return startError(d, `invalid parameter "%s"`, text)
		}
		rule.network = n
		c.assumeClient(d.at)
	}
	l.access = append(l.access, rule)
	return nil
}

// assumeClient says which address the client has.
func (c *compiler) assumeClient(at server.Position) {
	if c.src.Set["remote_addr"] == "" {
		c.assume(at, "the client's address is "+defaultClient+"; give another one with --set remote_addr=…")
	}
}

// defaultClient is the client's address when none is given.
const defaultClient = "127.0.0.1"

func (c *compiler) authBasic(d *directive, l *level) error {
	if l.realm != nil {
		return startError(d, `"auth_basic" directive is duplicate`)
	}
	var err error
	l.realm, err = c.value(d.args[0], d.at)
	return err
}

func (c *compiler) authFile(d *directive, l *level) error {
	if l.userFile != nil {
		return startError(d, `"auth_basic_user_file" directive is duplicate`)
	}
	var err error
	l.userFile, err = c.value(d.args[0], d.at)
	return err
}

func (c *compiler) authRequest(d *directive, l *level) error {
	if l.authURI != "" {
		return startError(d, `"auth_request" directive is duplicate`)
	}
	l.authURI, l.authAt = d.args[0], d.at
	return nil
}

func (c *compiler) authRequestSet(d *directive, l *level) error {
	v, err := c.defined(d, d.args[0])
	if err != nil {
		return err
	}
	text, err := c.value(d.args[1], d.at)
	l.authSets = append(l.authSets, authSet{v, text})
	return err
}

// checkAccess passes the access phase; it returns the status of a refusal, or 0.
func (r *run) checkAccess() int {
	if r.main != r {
		return 0
	}
	any := r.loc.get("satisfy", "all") == "any"
	code := 0
	for _, check := range []func(*run) (int, bool){(*run).checkAddress, (*run).checkUser, (*run).checkSubrequest} {
		status, asked := check(r)
		switch {
		case !asked:
		case status == 0 && any:
			r.deleteHeader("www-authenticate")
			return 0
		case status == 0:
		case any && (status == 401 || status == 403):
			if code != 401 {
				code = status
			}
		default:
			return status
		}
	}
	return code
}

// checkAddress applies allow and deny.
func (r *run) checkAddress() (status int, asked bool) {
	for i := range r.loc.access {
		rule := &r.loc.access[i]
		if !rule.all && (rule.unix || !rule.network.contains(r.m.client)) {
			continue
		}
		r.decided(&rule.acted)
		if rule.allow {
			return 0, true
		}
		return 403, true
	}
	return 0, false
}

// checkUser applies auth_basic.
func (r *run) checkUser() (status int, asked bool) {
	if r.loc.realm == nil || r.loc.userFile == nil {
		return 0, false
	}
	realm, _ := r.eval(r.loc.realm)
	if realm == "off" {
		return 0, false
	}
	given, _ := r.request.Header.Get("Authorization")
	if len(given) > 6 && fetch.EqualFold(given[:6], "Basic ") {
		file, _ := r.eval(r.loc.userFile)
		unknown := &server.UnknownError{Position: r.loc.userFile.at, What: "whether " + file + " has the user and the password", Help: "send no Authorization header"}
		if r.choose("user "+given, unknown) {
			return 0, true
		}
	}
	r.addOut("WWW-Authenticate", `Basic realm="`+realm+`"`)
	r.decided(&server.Decision{Position: r.loc.realm.at, Text: "auth_basic asks for a user"})
	return 401, true
}

// checkSubrequest applies auth_request.
func (r *run) checkSubrequest() (status int, asked bool) {
	if r.loc.authURI == "" || r.loc.authURI == "off" {
		return 0, false
	}
	loc := r.loc
	sub := r.subrequest(loc.authURI)
	if r.failure != nil {
		return 500, true
	}
	r.decided(&server.Decision{Position: loc.authAt, Text: "auth_request " + loc.authURI + " is answered with status " + itoa(sub.status)})
	r.upstream = sub.upstream
	for _, set := range loc.authSets {
		text, unknown := r.eval(set.value)
		r.setVariable(set.variable, text, unknown)
	}
	r.upstream = nil
	switch {
	case sub.status >= 200 && sub.status < 300:
		return 0, true
	case sub.status == 401:
		for _, h := range sub.out {
			if h.lower == "www-authenticate" {
				r.addOut(h.name, h.value)
			}
		}
		return 401, true
	case sub.status == 403:
		return 403, true
	}
	return 500, true
}
