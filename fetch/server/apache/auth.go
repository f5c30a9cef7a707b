package apache

import (
	"crypto/sha1"
	"encoding/base64"
	"path"
	"strings"
)

// authorize runs access control. The result is a status, or 0.
func (r *request) authorize() int {
	if r.authorizedBefore() {
		return 0
	}
	access := r.accessByAddress()
	if r.satisfyAny() {
		if access == 0 {
			return 0
		}
	} else if access != 0 {
		return access
	}
	switch status := r.requirements(false); status {
	case declined:
	default:
		return status
	}
	if status := r.authenticate(); status != 0 {
		return status
	}
	if r.user == "" {
		return 500
	}
	return r.requirements(true)
}

// authorizedBefore reports whether access control is skipped, because the request
// from which this one was made had the same sections. With mod_allowmethods the
// server compares the folders too.
func (r *request) authorizedBefore() bool {
	before := r.prev
	if before == nil {
		before = r.main
	}
	if before == nil || before.conf != r.conf {
		return false
	}
	if r.m.parser.modules["allowmethods"] && (r.found != file || path.Dir(before.filename) != path.Dir(r.filename)) {
		return false
	}
	r.user = before.user
	return true
}

// satisfyAny reports whether Satisfy Any is in force.
func (r *request) satisfyAny() bool {
	out := false
	if r.conf.access != nil {
		for _, s := range r.conf.access.satisfy {
			if s.limit.applies(r.method) {
				out = s.any
			}
		}
	}
	return out
}

// accessByAddress applies AllowMethods, Order, Allow and Deny.
func (r *request) accessByAddress() int {
	if m := r.conf.methods; m != nil && m.allowed != nil && !(&limit{methods: getForHead(m.allowed)}).applies(r.method) {
		return 405
	}
	a := r.conf.access
	if a == nil {
		return 0
	}
	order := "deny,allow"
	for _, o := range a.order {
		if o.limit.applies(r.method) {
			order = o.order
		}
	}
	forbidden := false
	switch order {
	case "allow,deny":
		forbidden = !r.listed(a.allow) || r.listed(a.deny)
	case "deny,allow":
		forbidden = r.listed(a.deny) && !r.listed(a.allow)
	default:
		forbidden = !r.listed(a.allow) || r.listed(a.deny)
	}
	if forbidden {
		return 403
	}
	return 0
}

// getForHead writes GET for HEAD.
func getForHead(methods []string) []string {
	var out []string
	for _, m := range methods {
		if m == "HEAD" {
			m = "GET"
		}
		out = append(out, m)
	}
	return out
}

// listed reports whether an Allow or Deny list has the client.
func (r *request) listed(list []accessRule) bool {
	for _, a := range list {
		if !a.limit.applies(r.method) {
			continue
		}
		l := lower(a.from)
		switch {
		case l == "all":
			return true
		case strings.HasPrefix(l, "env=!"):
			if _, ok := r.env.get(a.from[5:]); !ok {
				return true
			}
		case strings.HasPrefix(l, "env="):
			if _, ok := r.env.get(a.from[4:]); ok {
				return true
			}
		case r.fromAddress(&directive{pos: a.pos}, "ip", []string{a.from}):
			return true
		}
	}
	return false
}

// requirements evaluates the Require directives, before or after authentication.
// The result is a status, 0, or declined where a user is needed.
func (r *request) requirements(known bool) int {
	z := r.conf.authz
	if z == nil || z.root == nil {
		if r.authKind() != "" {
			return 500
		}
		return 0
	}
	root := &authzNode{all: true, kids: []*authzNode{z.root}}
	switch r.evaluate(root, true) {
	case granted:
		return 0
	case deniedNoUser:
		if !known {
			return declined
		}
		return 401
	}
	if !known || r.authKind() == "" {
		return 403
	}
	return 401
}

// authKind returns the AuthType in force; "" for none.
func (r *request) authKind() string {
	if a := r.conf.auth; a != nil && a.kind != "none" {
		return a.kind
	}
	return ""
}

// evaluate evaluates a Require, or a container.
func (r *request) evaluate(n *authzNode, parentAll bool) authorization {
	if !n.limit.applies(r.method) {
		if parentAll {
			return granted
		}
		return neutral
	}
	out := neutral
	if n.check != nil {
		out = n.check(r)
	} else {
		out = r.container(n)
	}
	if n.negate {
		switch out {
		case granted:
			return deniedAnyone
		case deniedAnyone, deniedNoUser:
			return neutral
		}
	}
	return out
}

func (r *request) container(n *authzNode) authorization {
	out := neutral
	limited := true
	for _, k := range n.kids {
		if k.limit.applies(r.method) {
			limited = false
		}
	}
	if limited && !n.all && len(n.kids) > 0 && n.pos.Line > 0 {
		// All directives are limited to other methods.
		return granted
	}
	for _, k := range n.kids {
		one := r.evaluate(k, n.all)
		switch {
		case one == neutral:
		case n.all && one == deniedAnyone, !n.all && one == granted:
			return one
		case n.all && one == deniedNoUser && out != deniedAnyone, !n.all && one == deniedNoUser && out == deniedAnyone, out == neutral:
			out = one
		}
	}
	return out
}

// authenticate checks the user's name and password.
func (r *request) authenticate() int {
	a := r.conf.auth
	kind := r.authKind()
	if kind == "" {
		return 0
	}
	if a.name == "" {
		return 500
	}
	line, ok := r.in.get("Authorization")
	scheme, rest, _ := strings.Cut(line, " ")
	if !ok || lower(scheme) != kind {
		return 401
	}
	if kind != "basic" {
		r.unknownBecause(a.kindPos, "whether the credentials are right", "")
		return 401
	}
	decoded, _ := base64.StdEncoding.DecodeString(strings.TrimSpace(rest))
	user, password, _ := strings.Cut(string(decoded), ":")
	r.user = user
	return r.password(a, user, password)
}

// password looks a user up in AuthUserFile.
func (r *request) password(a *authConf, user, password string) int {
	if v, ok := r.m.src.Set["user:"+user]; ok && a.provider != "" {
		if v == password {
			return 0
		}
		return 401
	}
	if v, ok := r.m.src.Set["user:"+user]; ok {
		if v == password {
			return 0
		}
		return 401
	}
	text, ok := r.m.files.read(a.userFile)
	if a.provider != "" && a.provider != "file" || !ok {
		r.unknownBecause(a.kindPos, "the password of "+user, "give it with --set user:"+user+"=…")
		return 401
	}
	for l := range strings.Lines(text) {
		name, hash, _ := strings.Cut(strings.TrimSpace(l), ":")
		if name != user {
			continue
		}
		if sha, ok := strings.CutPrefix(hash, "{SHA}"); ok {
			sum := sha1.Sum([]byte(password))
			if base64.StdEncoding.EncodeToString(sum[:]) == sha {
				return 0
			}
			return 401
		}
		r.unknownBecause(a.kindPos, "the password of "+user, "give it with --set user:"+user+"=…")
		return 401
	}
	return 401
}
