package ruby

import (
	"strings"
)

// action is the response of a controller while it is made.
type action struct {
	status   int
	headers  *hash
	done     bool
	rendered bool
	params   map[string]string
	env      *hash
	unsure   *unknown // the status is not known
}

// filterOf is a before_action or a rescue_from.
type filterOf struct {
	names        []value // methods as symbols, or blocks
	only, except []string
	classes      []string // of rescue_from
	skip         bool
}

// dispatch runs the action of a controller.
func (m *machine) dispatch(r route, params map[string]string, env *hash) *reply {
	name := camel(r.controller) + "Controller"
	if m.findClass(nil, name) == nil {
		m.require(r.at, "app/controllers/"+r.controller+"_controller.rb")
	}
	k := m.findClass(nil, name)
	if k == nil {
		return m.unknownApp(r.at, env, m.unknownError(r.at, "what "+name+" answers", "give it with --file app/controllers/"+r.controller+"_controller.rb"))
	}
	a := &action{status: 200, headers: new(hash), params: params, env: env}
	m.rails.reply = a
	o := &object{class: k, vars: make(map[string]value)}
	f := k.find(r.action)
	if f == nil {
		if k.isOpenAbove() {
			return m.unknownApp(r.at, env, m.unknownError(r.at, "what "+name+"#"+r.action+" answers", ""))
		}
		m.raise(r.at, "AbstractController::ActionNotFound", r.action)
	}
	m.guardForgery(k, r.action, env, r.at)
	m.rescued(k, o, func() {
		m.filters(k, o, "before", r.action)
		if !a.done {
			m.invoke(r.at, f, o, m.ownerOf(k, r.action), nil, nil, nil)
		}
	})
	return m.finish(k, a, r)
}

// finish returns the reply of an action.
func (m *machine) finish(k *class, a *action, r route) *reply {
	if a.unsure != nil && m.statusUnknown == nil {
		m.statusUnknown = a.unsure.err
	}
	if !a.done {
		if k.baseName() != "ActionController::API" && m.statusUnknown == nil {
			m.statusUnknown = m.unknownError(r.at, "the template of "+r.action, "")
		} else {
			a.status = 204
		}
	}
	if a.rendered && a.params["format"] == "" {
		m.railsVary(a)
	}
	return &reply{status: a.status, headers: a.headers}
}

// railsVary adds the Vary of content negotiation.
func (m *machine) railsVary(a *action) {
	names := []string{"Accept", "X-Requested-With"}
	accept := text(a.env.must("HTTP_ACCEPT"))
	if v := m.version("rails"); v != standardVersions["rails"] {
		names = []string{"Accept"}
		if accept == "" || strings.Contains(strings.ReplaceAll(accept, " ", ""), ",*/*") || strings.Contains(strings.ReplaceAll(accept, " ", ""), "*/*,") {
			return
		}
	}
	var have []string
	if v, ok := a.headers.get("Vary"); ok {
		for part := range strings.SplitSeq(text(v), ",") {
			if p := strings.TrimSpace(part); p != "" {
				have = append(have, p)
			}
		}
	}
	if len(names) == 1 && len(have) > 0 {
		return
	}
	for _, n := range names {
		found := false
		for _, h := range have {
			found = found || h == "*" || lower(h) == lower(n)
		}
		if !found {
			have = append(have, n)
		}
	}
	a.headers.set("Vary", strings.Join(have, ", "))
}

// camel returns "api/v1/users" as "Api::V1::Users".
func camel(s string) string {
	var parts []string
	for part := range strings.SplitSeq(s, "/") {
		var b strings.Builder
		for word := range strings.SplitSeq(part, "_") {
			if word != "" {
				b.WriteString(strings.ToUpper(word[:1]) + word[1:])
			}
		}
		parts = append(parts, b.String())
	}
	return strings.Join(parts, "::")
}

// snake returns "Api::V1::UsersController" as "api/v1/users_controller".
func snake(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case strings.HasPrefix(s[i:], "::"):
			b.WriteByte('/')
			i++
		case c >= 'A' && c <= 'Z':
			if i > 0 && s[i-1] != ':' && !(s[i-1] >= 'A' && s[i-1] <= 'Z') {
				b.WriteByte('_')
			}
			b.WriteByte(c - 'A' + 'a')
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// autoload loads the file of a class of a Rails application.
func (m *machine) autoload(at pos, name string) *class {
	if m.rails == nil || !m.rails.used {
		return nil
	}
	for _, folder := range []string{"app/controllers", "app/models", "app/controllers/concerns", "app/services", "app/middleware", "lib", "app/lib", "lib/middleware"} {
		if m.require(at, folder+"/"+snake(name)+".rb") {
			return m.classes[name]
		}
	}
	return nil
}

// baseName returns the name of the class above that is not in the files.
func (c *class) baseName() string {
	for ; c != nil; c = c.above {
		if c.base != "" {
			return c.base
		}
	}
	return ""
}

// isOpenAbove reports whether a class above is not in the files and is none of Rails.
func (c *class) isOpenAbove() bool {
	base := c.baseName()
	return base != "ActionController::API" && base != "ActionController::Base"
}

// guardForgery raises when a form is sent without the token of Rails.
func (m *machine) guardForgery(k *class, action string, env *hash, at pos) {
	method := text(env.must("REQUEST_METHOD"))
	if k.baseName() != "ActionController::Base" || method == "GET" || method == "HEAD" || m.rails.settings["action_controller.allow_forgery_protection"] == false {
		return
	}
	how := ""
	if m.rails.settings["load_defaults"] != nil && m.rails.settings["action_controller.default_protect_from_forgery"] != false {
		how = "exception"
	}
	for c := k; c != nil; c = c.above {
		if v, ok := c.data["forgery"]; ok {
			how = text(v)
			break
		}
	}
	for _, f := range m.allFilters(k, "before") {
		if f.skip && contains(&list{f.names}, symbol("verify_authenticity_token")) && f.applies(action) {
			return
		}
	}
	if how == "exception" {
		m.raise(at, "ActionController::InvalidAuthenticityToken", "Can't verify CSRF token authenticity.")
	}
}

// frameworkClassMethod is a method that Rails gives to classes.
func (m *machine) frameworkClassMethod(k *class, c *call) (value, bool) {
	if k.baseName() == "Rails::Application" {
		if c.name == "instance" {
			return m.railsApplication(), true
		}
		return m.applicationMethod(c)
	}
	switch c.name {
	case "before_action", "prepend_before_action", "skip_before_action", "before_filter":
		f := filterOf{names: c.args, skip: c.name == "skip_before_action", only: optional(c, "only"), except: optional(c, "except")}
		if c.block != nil {
			f.names = append(f.names, c.block)
		}
		k.addFilter("before", f)
		return nil, true
	case "rescue_from":
		f := filterOf{names: []value{c.option("with")}}
		if c.block != nil {
			f.names = []value{c.block}
		}
		for _, a := range c.args {
			if _, isHash := a.(*hash); !isHash {
				f.classes = append(f.classes, exceptionName(a))
			}
		}
		k.addFilter("rescue", f)
		return nil, true
	case "protect_from_forgery":
		k.data["forgery"] = "null_session"
		if v := c.option("with"); v != nil {
			k.data["forgery"] = text(v)
		}
		return nil, true
	case "after_action", "around_action", "layout", "respond_to", "wrap_parameters", "helper", "rescue_with_handler", "skip_forgery_protection", "skip_after_action":
		if c.name == "skip_forgery_protection" {
			k.data["forgery"] = "none"
		}
		if c.name == "after_action" || c.name == "around_action" {
			k.data["open"] = true
		}
		return nil, true
	}
	return nil, false
}

// exceptionName returns the name of an exception's class, known or not.
func exceptionName(v value) string {
	if u, ok := v.(*unknown); ok {
		return u.err.What
	}
	return classTitle(v)
}

func optional(c *call, name string) []string {
	if v := c.option(name); v != nil {
		return texts(v)
	}
	return nil
}

func (c *class) addFilter(kind string, f filterOf) {
	have, _ := c.data["filters:"+kind].([]filterOf)
	c.data["filters:"+kind] = append(have, f)
}

// allFilters returns the filters of a class and of those above, these first.
func (m *machine) allFilters(k *class, kind string) []filterOf {
	if k == nil {
		return nil
	}
	own, _ := k.data["filters:"+kind].([]filterOf)
	return append(m.allFilters(k.above, kind), own...)
}

func (f filterOf) applies(action string) bool {
	if f.only != nil {
		return contains(textList(f.only), action)
	}
	return !contains(textList(f.except), action)
}

// filters runs the filters before an action.
func (m *machine) filters(k *class, o *object, kind, action string) {
	all := m.allFilters(k, kind)
	for i, f := range all {
		if f.skip || !f.applies(action) {
			continue
		}
		for _, n := range f.names {
			if skipped(all[i:], n, action) || m.rails.reply.done {
				continue
			}
			switch n := n.(type) {
			case *proc:
				m.callProcOn(pos{}, n, o, []value{o})
			case *hash:
			default:
				m.send(o, &call{name: text(n), bare: true})
			}
		}
	}
}

func skipped(rest []filterOf, name value, action string) bool {
	for _, f := range rest {
		if f.skip && f.applies(action) && contains(&list{f.names}, name) {
			return true
		}
	}
	return false
}

// rescued runs an action; rescue_from takes its exceptions.
func (m *machine) rescued(k *class, o *object, f func()) {
	depth := m.depth
	defer func() {
		e := recover()
		r, ok := e.(raised)
		if e == nil {
			return
		}
		if ok {
			if h := m.rescuer(k, r); h != nil {
				m.depth = depth
				m.runRescuer(o, h, r)
				return
			}
		}
		panic(e)
	}()
	f()
}

// rescuer returns what handles an exception: the last that fits.
func (m *machine) rescuer(k *class, r raised) value {
	all := m.allFilters(k, "rescue")
	for i := len(all) - 1; i >= 0; i-- {
		for _, name := range all[i].classes {
			if name == r.class || name == "StandardError" || name == "Exception" {
				return all[i].names[0]
			}
			for c := m.findClass(nil, r.class); c != nil; c = c.above {
				if c.name == name || c.base == name {
					return all[i].names[0]
				}
			}
		}
	}
	return nil
}

func (m *machine) runRescuer(o *object, h value, r raised) {
	args := []value{m.exception(r)}
	if p, ok := h.(*proc); ok {
		m.callProcOn(r.at, p, o, args)
		return
	}
	f := o.class.find(text(h))
	if f != nil && len(f.fn.Params) == 0 {
		args = nil
	}
	m.send(o, &call{at: r.at, name: text(h), args: args, bare: true})
}
