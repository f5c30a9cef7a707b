package ruby

import (
	"strings"

	"github.com/corsim/corsim/fetch"
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
	if standard, ok := m.rails.settings["action_dispatch.default_headers"].(*hash); ok {
		a.headers = standard.copy()
	}
	m.rails.reply = a
	o := &object{class: k, vars: make(map[string]value)}
	f := k.find(r.action)
	if f == nil {
		if k.isOpenAbove() {
			return m.unknownApp(r.at, env, m.unknownError(r.at, "what "+name+"#"+r.action+" answers", ""))
		}
		m.raise(r.at, "AbstractController::ActionNotFound", r.action)
	}
	m.guardForgery(k, o, r.action, env, r.at)
	m.rescued(k, o, func() {
		m.runTurns(o, m.turns(k, r.action), func() {
			m.invoke(r.at, f, o, m.ownerOf(k, r.action), nil, nil, nil)
			m.fill(k, a, r)
		})
	})
	return m.finish(a)
}

// fill gives an action that answered nothing its answer: that of its template.
func (m *machine) fill(k *class, a *action, r route) {
	if a.done {
		return
	}
	if k.baseName() != "ActionController::API" && m.statusUnknown == nil {
		m.statusUnknown = m.unknownError(r.at, "the template of "+r.action, "")
		return
	}
	a.status = 204
}

// finish returns the reply of an action.
func (m *machine) finish(a *action) *reply {
	if a.unsure != nil && m.statusUnknown == nil {
		m.statusUnknown = a.unsure.err
	}
	return &reply{status: a.status, headers: a.headers}
}

// render notes that an action renders, which adds the Vary of content negotiation.
func (m *machine) render(a *action) {
	a.done = true
	if !a.rendered && a.params["format"] == "" {
		m.railsVary(a)
	}
	a.rendered = true
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
			found = found || h == "*" || fetch.ByteLowercase(h) == fetch.ByteLowercase(n)
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
func (m *machine) guardForgery(k *class, o *object, action string, env *hash, at pos) {
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
			if f, ok := c.data["forgery:when"].(callback); ok && (!f.applies(action) || !m.holds(o, f)) {
				how = "none"
			}
			break
		}
	}
	if skipped(m.callbacks(k), "before", symbol("verify_authenticity_token"), action) {
		return
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
	if k.isSinatra() {
		return m.sinatraClass(k, c)
	}
	if callbackKinds[c.name] != "" {
		k.addCallback(c)
		return nil, true
	}
	switch c.name {
	case "protect_from_forgery":
		k.kept.touch()
		k.data["forgery"] = "null_session"
		if v := c.option("with"); v != nil {
			k.data["forgery"] = text(v)
		}
		k.data["forgery:when"] = callback{only: optional(c, "only"), except: optional(c, "except"), conditions: conditionsOf(c)}
		return nil, true
	case "layout", "respond_to", "wrap_parameters", "helper", "rescue_with_handler", "skip_forgery_protection":
		if c.name == "skip_forgery_protection" {
			k.kept.touch()
			k.data["forgery"] = "none"
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
	all := m.callbacks(k)
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
