package python

import (
	"context"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// DjangoReader reads settings of Django with django-cors-headers.
func DjangoReader() server.Reader {
	return server.Reader{Kind: "django", Title: "settings of Django", Recognise: recogniseDjango, Load: loadDjango}
}

func recogniseDjango(name, text string) server.Confidence {
	switch {
	case !strings.HasSuffix(name, ".py") && strings.Contains(name, ".") && !strings.HasSuffix(name, ".txt"):
		return server.NotMine
	case strings.Contains(text, "INSTALLED_APPS"), strings.Contains(text, "corsheaders."), strings.Contains(text, "ROOT_URLCONF"):
		return server.Certain
	case strings.Contains(text, "CORS_ALLOWED_ORIGINS ="), strings.Contains(text, "CORS_ALLOW_ALL_ORIGINS"), strings.Contains(text, "CORS_ORIGIN_WHITELIST"), strings.Contains(text, "CORS_ORIGIN_ALLOW_ALL"):
		return server.Likely
	}
	return server.NotMine
}

// djangoHost is Django.
type djangoHost struct {
	libs     map[string]value
	settings map[string]value
	// starred is set when names of a missing module were imported into the settings.
	starred *unknown
	// where are the positions at which settings are set.
	where   map[string]server.Position
	main    *module
	urls    *djangoResolver
	noURLs  *unknown // why the routes are not known
	layers  []djangoLayer
	cors    *djangoCORS
	signal  *corsSignal
	version string // of Django
	running *djangoCall
}

func (h *djangoHost) escapes(*interp, value, *unknown) {}

// importedAll notes that all names of a missing module were imported.
func (h *djangoHost) importedAll(_ *interp, u *unknown) {
	if h.urls == nil && h.starred == nil && !u.harmless {
		h.starred = u
	}
}

// assigned notes where a setting is set.
func (h *djangoHost) assigned(in *interp, fr *frame, t syntax.Expr, _ value) {
	if n, ok := t.(*syntax.Name); ok && in.loading && fr.module != nil {
		if h.where == nil {
			h.where = make(map[string]server.Position)
		}
		h.where[n.Text] = fr.at(t)
	}
}

// free returns names that settings of a missing module may have defined.
func (h *djangoHost) free(_ *interp, name string) value {
	if h.starred != nil && name == strings.ToUpper(name) {
		return h.starred
	}
	return nil
}

// setting returns a setting or its default. A setting that a missing module may
// define is unknown.
func (h *djangoHost) setting(name string, standard value) value {
	if v, ok := h.settings[name]; ok {
		return v
	}
	if h.starred != nil {
		return &unknown{err: &server.UnknownError{Position: h.starred.err.Position, What: "the setting " + name + ", which " + h.starred.err.What + " may define", Help: h.starred.err.Help}}
	}
	return standard
}

// loadDjango reads settings, and the URLs and views that are given with them.
func loadDjango(ctx context.Context, src server.Source) (*server.Model, error) {
	h := &djangoHost{settings: make(map[string]value), signal: &corsSignal{}}
	m := &server.Model{Kind: "django"}
	for _, v := range []struct{ name, standard string }{{"django", "3.2.25"}, {"django-cors-headers", "3.14.0"}} {
		m.Versions = append(m.Versions, server.VersionOf(src.Versions, v.name, v.standard))
	}
	h.version = m.Versions[0].Version
	in := newInterp(ctx, &src, h)
	in.noteVersions(m)
	mod, err := in.run(moduleName(src.Name), src.Name, src.Text)
	if err != nil {
		return nil, loadError(err)
	}
	h.main = mod
	for k, v := range mod.scope.vars {
		if k == strings.ToUpper(k) && !strings.HasPrefix(k, "_") {
			h.settings[k] = v
		}
	}
	if err := h.prepare(in, m); err != nil {
		return nil, loadError(err)
	}
	in.loading = false
	m.Assumptions = append(m.Assumptions, in.notes...)
	m.Alternatives = djangoAlternatives(&src, mod)
	m.Server = &djangoServer{in: in, h: h}
	return m, nil
}

// moduleName returns the name of the module in a file.
func moduleName(file string) string {
	return strings.ReplaceAll(strings.TrimSuffix(strings.TrimSuffix(file, ".py"), "/__init__"), "/", ".")
}

// prepare makes the layers and reads the URLs.
func (h *djangoHost) prepare(in *interp, m *server.Model) error {
	cors, err := newDjangoCORS(in, h, m.Versions[1].Version)
	if err != nil {
		return err
	}
	h.cors = cors
	m.Policy = cors.facts(h)
	if err := h.checkStart(); err != nil {
		return err
	}
	if err := h.loadURLs(in, m); err != nil {
		return err
	}
	if err := h.loadApps(in); err != nil {
		return err
	}
	m.Policy = append(m.Policy, h.signal.facts()...)
	if h.starred != nil {
		m.Unknowns = append(m.Unknowns, h.starred.err)
	}
	return h.makeLayers(in, m)
}

// checkStart reports settings with which manage.py runserver does not start.
func (h *djangoHost) checkStart() error {
	if _, whole := h.settings["ROOT_URLCONF"]; !whole {
		return nil
	}
	hosts, debug := h.setting("ALLOWED_HOSTS", &list{}), h.setting("DEBUG", false)
	if firstUnknown(hosts, debug) != nil {
		return nil
	}
	if !isTrue(hosts) && !isTrue(debug) {
		return &server.StartError{Position: h.where["ALLOWED_HOSTS"], Message: "CommandError: You must set settings.ALLOWED_HOSTS if DEBUG is False."}
	}
	if v := h.setting("SECRET_KEY", ""); firstUnknown(v) == nil && !isTrue(v) {
		return &server.StartError{Position: h.where["SECRET_KEY"], Message: "django.core.exceptions.ImproperlyConfigured: The SECRET_KEY setting must not be empty."}
	}
	return nil
}

// loadURLs reads the module of ROOT_URLCONF.
func (h *djangoHost) loadURLs(in *interp, m *server.Model) error {
	name, ok := h.setting("ROOT_URLCONF", none{}).(string)
	if !ok {
		h.noURLs = unknownf(server.Position{File: in.src.Name}, "give the whole settings with ROOT_URLCONF and the files of the project", "the routes, which are not in this text")
		m.Fragment = true
		in.note(at0, "the text is a part of the settings; the routes and views behind it are not known")
		return nil
	}
	v, err := in.importString(h.where["ROOT_URLCONF"], name)
	if err != nil {
		return err
	}
	if u := firstUnknown(v); u != nil {
		h.noURLs = unknownf(h.where["ROOT_URLCONF"], u.err.Help, "the routes in %s", name)
		m.Unknowns = append(m.Unknowns, h.noURLs.err)
		return nil
	}
	h.urls = &djangoResolver{root: true}
	if mv, ok := v.(*moduleValue); ok {
		h.urls.handlers = map[string]value{}
		for _, n := range []string{"handler400", "handler403", "handler404", "handler500"} {
			if x := mv.m.scope.vars[n]; x != nil {
				h.urls.handlers[n] = x
			}
		}
		if err := h.urls.fill(in, mv.m.scope.vars["urlpatterns"]); err != nil {
			return err
		}
	}
	m.Routes = append(m.Routes, h.urls.list("/")...)
	return nil
}

// djangoAlternatives returns the text with the options that follow "Or" comments
// alone: everything about all origins, and everything about listed origins.
func djangoAlternatives(src *server.Source, m *module) []server.Alternative {
	var all, listed []syntax.Stmt
	for _, s := range m.file.Body {
		a, ok := s.(*syntax.Assign)
		if !ok || len(a.Targets) != 1 {
			continue
		}
		n, ok := a.Targets[0].(*syntax.Name)
		if !ok {
			continue
		}
		switch n.Text {
		case "CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL":
			all = append(all, s)
		default:
			if strings.HasPrefix(n.Text, "CORS_") {
				listed = append(listed, s)
			}
		}
	}
	if len(all) == 0 || len(listed) == 0 {
		return nil
	}
	without := func(list []syntax.Stmt) server.Source {
		text := []byte(m.file.Text)
		for _, s := range list {
			blank(text[s.Offset():nextOffset(m.file, s)])
		}
		alt := *src
		alt.Text = string(text)
		return alt
	}
	return []server.Alternative{{Name: "all origins alone", Source: without(listed)}, {Name: "listed origins alone", Source: without(all)}}
}

// djangoServer answers the requests to a site.
type djangoServer struct {
	mu sync.Mutex
	in *interp
	h  *djangoHost
}

// Answer answers a request.
func (s *djangoServer) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.in.ctx, s.in.steps, s.in.depth, s.in.used = ctx, 0, 0, 0
	c := &djangoCall{h: s.h, parts: splitRequest(req), attrs: make(map[string]value)}
	s.h.running = c
	r, err := c.layer(s.in, 0)
	if err != nil {
		return nil, asUnknown(err)
	}
	return r.answer()
}
