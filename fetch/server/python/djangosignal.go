package python

import (
	"io/fs"
	"path"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// corsSignal is check_request_enabled of corsheaders.signals: each receiver may allow
// a request that the settings do not allow.
type corsSignal struct {
	receivers []value
	at        []server.Position // where they are connected
	// doubt says why a receiver may be missing.
	doubt *unknown
}

func (s *corsSignal) typeName() string { return "Signal" }

func (s *corsSignal) attr(_ *interp, name string) (value, error) {
	switch name {
	case "connect":
		return fn(name, func(_ *interp, a *args) (value, error) {
			s.connect(a, a.or(0, "receiver", none{}), a.or(2, "weak", true))
			return none{}, nil
		}), nil
	case "disconnect":
		return fn(name, func(_ *interp, a *args) (value, error) {
			s.doubt = unknownf(a.at, "leave the call out", "whether check_request_enabled still has the receiver")
			return true, nil
		}), nil
	}
	return harmlessf("check_request_enabled.%s", name), nil
}

// connect adds a receiver. A signal holds its receivers weakly, so that a function
// that nothing else holds is lost.
func (s *corsSignal) connect(a *args, receiver, weak value) {
	f, ok := receiver.(*function)
	if u := firstUnknown(receiver); u != nil {
		s.doubt = unknownf(a.at, "", "the receiver of check_request_enabled")
		return
	}
	if isTrue(weak) && (!ok || f.result != nil || f.module == nil || f.scope != f.module.scope) {
		s.doubt = unknownf(a.at, "connect a function of the module, or add weak=False", "whether the receiver of check_request_enabled still exists, because the signal holds it weakly")
		return
	}
	s.receivers, s.at = append(s.receivers, receiver), append(s.at, a.at)
}

// allows reports whether a receiver allows a request.
func (s *corsSignal) allows(in *interp, d *djangoCall) (bool, error) {
	doubt := s.doubt
	allowed := false
	for _, f := range s.receivers {
		v, err := in.call(nil, f, &args{kw: []kwarg{{"signal", s}, {"sender", none{}}, {"request", &djangoRequest{d}}}})
		if err != nil {
			return false, err
		}
		if u := firstUnknown(v); u != nil {
			doubt = u
		} else if isTrue(v) {
			allowed = true
		}
	}
	if !allowed && doubt != nil {
		return false, doubt.err
	}
	return allowed, nil
}

// receiver is django.dispatch.receiver.
func receiver(_ *interp, a *args) (value, error) {
	signals := []value{a.or(0, "signal", none{})}
	switch l := signals[0].(type) {
	case *list:
		signals = l.items
	case *tuple:
		signals = l.items
	}
	return fn("receiver", func(_ *interp, b *args) (value, error) {
		f := b.or(0, "func", none{})
		for _, x := range signals {
			if s, ok := x.(*corsSignal); ok {
				s.connect(a, f, a.or(-1, "weak", true))
			}
		}
		return f, nil
	}), nil
}

// loadApps runs the applications of the text that speak of check_request_enabled, as
// Django does when it starts: the package, its models, and ready() of its
// configuration. https://docs.djangoproject.com/en/3.2/ref/applications/
func (h *djangoHost) loadApps(in *interp) error {
	items, _, err := in.iterateAt(nil, at0, h.setting("INSTALLED_APPS", &list{}))
	if err != nil || in.src.Files == nil {
		return err
	}
	for _, x := range items {
		name, ok := x.(string)
		if !ok {
			continue
		}
		module, _, configured := strings.Cut(name, ".apps.")
		folder, mentions := signalFolder(in, module)
		if !mentions {
			continue
		}
		config := name
		if !configured {
			config = module + ".apps"
		}
		if err := h.loadApp(in, module, config); err != nil {
			h.signal.doubt = unknownf(server.Position{File: folder}, "", "whether check_request_enabled has the receivers of the application %s", module)
		}
	}
	return nil
}

// signalFolder returns the folder of an application, and whether one of its files
// speaks of check_request_enabled.
func signalFolder(in *interp, module string) (folder string, mentions bool) {
	for _, root := range in.roots {
		dir := path.Clean(joinPath(root, strings.ReplaceAll(module, ".", "/")))
		entries, err := fs.ReadDir(in.src.Files, dir)
		if err != nil {
			continue
		}
		for _, e := range entries {
			if e.IsDir() || !strings.HasSuffix(e.Name(), ".py") {
				continue
			}
			text, err := fs.ReadFile(in.src.Files, path.Join(dir, e.Name()))
			if err == nil && strings.Contains(string(text), "check_request_enabled") {
				return dir, true
			}
		}
		return dir, false
	}
	return "", false
}

// loadApp runs one application.
func (h *djangoHost) loadApp(in *interp, module, config string) error {
	for _, name := range []string{module, module + ".models"} {
		if _, err := in.rootModule(name); err != nil {
			return err
		}
	}
	v, err := in.rootModule(config)
	if v == nil && err == nil {
		v, err = in.importString(at0, config)
	}
	if err != nil {
		return err
	}
	for _, c := range appConfigs(v) {
		ready := c.lookup("ready")
		if ready == nil {
			continue
		}
		r, err := in.call(nil, ready, &args{pos: []value{&instance{class: c, attrs: map[string]value{}}}})
		if err != nil {
			return err
		}
		if u := firstUnknown(r); u != nil {
			h.signal.doubt = u
		}
	}
	return nil
}

// rootModule runs the module of a name; nil when no file has it.
func (in *interp) rootModule(name string) (value, error) {
	for _, root := range in.roots {
		v, err := in.fileModule(name, joinPath(root, strings.ReplaceAll(name, ".", "/")))
		if v != nil || err != nil {
			return v, err
		}
	}
	return nil, nil
}

// facts returns what the receivers are.
func (s *corsSignal) facts() []server.Fact {
	var out []server.Fact
	for i, f := range s.receivers {
		out = append(out, server.Fact{Position: s.at[i], Subject: server.SubjectOrigins, Value: "what the receiver " + viewName(f) + " of check_request_enabled allows"})
	}
	return out
}

// appConfigs returns the configuration of an application: the class itself, or those
// that a module defines.
func appConfigs(v value) []*class {
	switch v := v.(type) {
	case *class:
		return []*class{v}
	case *moduleValue:
		var out []*class
		for _, name := range sortedNames(v.m.scope.vars) {
			if c, ok := v.m.scope.vars[name].(*class); ok && c.module == v.m && c.isA("AppConfig") {
				out = append(out, c)
			}
		}
		return out
	}
	return nil
}
