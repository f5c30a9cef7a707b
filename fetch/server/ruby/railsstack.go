package ruby

import (
	"slices"
	"strings"
)

// railsStack is the middleware of Rails from the outermost on.
var railsStack = []string{
	"ActionDispatch::HostAuthorization", "ActionDispatch::SSL", "Rack::Sendfile", "ActionDispatch::Static", "ActionDispatch::Executor",
	"ActiveSupport::Cache::Strategy::LocalCache::Middleware", "Rack::Runtime", "Rack::MethodOverride", "ActionDispatch::RequestId", "ActionDispatch::RemoteIp", "Rails::Rack::Logger",
	"ActionDispatch::ShowExceptions", "ActionDispatch::DebugExceptions", "ActionDispatch::ActionableExceptions", "ActionDispatch::Reloader", "ActionDispatch::Callbacks",
	"ActiveRecord::Migration::CheckPending", "ActionDispatch::Cookies", "ActionDispatch::Session::CookieStore", "ActionDispatch::Flash",
	"ActionDispatch::ContentSecurityPolicy::Middleware", "ActionDispatch::PermissionsPolicy::Middleware", "Rack::Head", "Rack::ConditionalGet", "Rack::ETag", "Rack::TempfileReaper",
}

// onlyFull are the middleware that an application with api_only does not have.
var onlyFull = []string{
	"Rack::MethodOverride", "ActionDispatch::Cookies", "ActionDispatch::Session::CookieStore", "ActionDispatch::Flash",
	"ActionDispatch::ContentSecurityPolicy::Middleware", "ActionDispatch::PermissionsPolicy::Middleware", "Rack::TempfileReaper",
}

// has reports whether the stack has a middleware of Rails.
func (m *machine) has(name string) bool {
	set := m.rails.settings
	switch {
	case name == "ActionDispatch::SSL":
		return truth(set["force_ssl"])
	case name == "ActionDispatch::Static":
		v, ok := set["public_file_server.enabled"]
		return !ok || truth(v)
	case name == "ActionDispatch::Reloader", name == "ActiveRecord::Migration::CheckPending":
		return m.railsEnv(pos{}) != "production"
	case slices.Contains(onlyFull, name):
		return set["api_only"] != true
	}
	return true
}

// buildStack applies the operations to the middleware of Rails.
func (m *machine) buildStack() []middleware {
	var out []middleware
	for _, name := range railsStack {
		if m.has(name) {
			out = append(out, middleware{name: name})
		}
	}
	for _, op := range m.rails.operations {
		out = m.operateStack(out, op)
	}
	return out
}

func (m *machine) operateStack(out []middleware, op operation) []middleware {
	find := func(v value) int {
		if n, ok := v.(int64); ok {
			return int(max(0, min(n, int64(len(out)))))
		}
		name := classTitle(v)
		return slices.IndexFunc(out, func(w middleware) bool { return w.name == name })
	}
	switch op.kind {
	case "use":
		return append(out, op.mw)
	case "unshift", "prepend":
		return slices.Insert(out, 0, op.mw)
	case "delete", "delete!":
		if i := find(op.mw.class); i >= 0 {
			return slices.Delete(out, i, i+1)
		}
		return out
	}
	i := find(op.target)
	if i < 0 {
		if name := classTitle(op.target); name == "Warden::Manager" {
			m.assume(op.mw.at, name+" is the last middleware, as Devise adds it")
			return append(out, op.mw)
		}
		if _, ok := op.target.(*unknown); ok {
			return m.besideUnknown(out, op)
		}
		m.raise(op.mw.at, "RuntimeError", "No such middleware to insert "+strings.TrimPrefix(op.kind, "insert_")+": "+classTitle(op.target))
	}
	switch op.kind {
	case "insert_after":
		return slices.Insert(out, min(i+1, len(out)), op.mw)
	case "swap":
		out[i] = op.mw
		return out
	}
	return slices.Insert(out, i, op.mw)
}

// besideUnknown inserts a middleware beside one that is not of Rails: it may stand
// outermost or innermost. One of Rails that is not there is an error.
func (m *machine) besideUnknown(out []middleware, op operation) []middleware {
	u := op.target.(*unknown)
	for _, prefix := range []string{"ActionDispatch::", "Rack::", "Rails::", "ActiveRecord::"} {
		if strings.HasPrefix(u.err.What, prefix) {
			m.raise(op.mw.at, "RuntimeError", "No such middleware to insert "+strings.TrimPrefix(op.kind, "insert_")+": "+u.err.What)
		}
	}
	if m.decide(u.err) {
		return slices.Insert(out, 0, op.mw)
	}
	return append(out, op.mw)
}
