package corstest

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"strings"

	"github.com/corsim/corsim/conformance/configfile"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/nethttp"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
)

// WithSource changes what [Config] knows of the server besides the text of its
// configuration: environment variables, versions, values of names, further files.
func WithSource(change func(*server.Source)) Option {
	return func(s *Server) { s.sourceChanges = append(s.sourceChanges, change) }
}

// WithEnv gives the server of [Config] environment variables, each as "NAME=VALUE".
// Variables that no option gives are unset.
func WithEnv(variables ...string) Option {
	return WithSource(func(src *server.Source) {
		env := make(map[string]string)
		maps.Copy(env, src.Env)
		for _, v := range variables {
			name, value, _ := strings.Cut(v, "=")
			env[name] = value
		}
		src.Env, src.EnvComplete = env, true
	})
}

// WithBackend puts a handler behind the proxy of [Config], at host and port as the
// configuration names them; "" is every other address. A nil handler means that
// nothing listens there.
func WithBackend(address string, h http.Handler) Option {
	return WithSource(func(src *server.Source) {
		b := server.Behind{Address: address}
		if h != nil {
			b.Server = backend{nethttp.FromHandler(h)}
		}
		src.Behind = append(src.Behind, b)
	})
}

// backend is a transport as a server behind a proxy.
type backend struct{ transport fetch.Transport }

// Answer answers a request.
func (b backend) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	wire, err := req.Wire()
	if err != nil {
		return nil, err
	}
	resp, err := b.transport.RoundTrip(ctx, wire)
	if err != nil {
		return nil, err
	}
	return &server.Answer{Status: resp.Status, Header: resp.Header, Body: resp.Body}, nil
}

// Config returns a server that answers as the real server with this configuration
// would: an nginx.conf, a server.js, a settings.py. The path is that of the file, or of
// a folder with one configuration, from the folder of the test. No server is started.
// Package [github.com/corsim/corsim/fetch/server/config] lists the kinds.
//
// A configuration that cannot be read ends the test, and so does a request whose
// answer depends on something that the configuration does not say; the message says
// how to give it.
func Config(tb TB, path string, options ...Option) *Server {
	tb.Helper()
	t := &modelTransport{path: path}
	s := NewOver(tb, t, options...)
	file, err := configfile.Find(path)
	if err != nil {
		tb.Fatalf("corstest: %s: %v", path, err)
	}
	root := ""
	if file != path {
		root = path
	}
	src, _, err := configfile.Open(file, root, "")
	if err != nil {
		tb.Fatalf("corstest: %v", err)
	}
	for _, change := range s.sourceChanges {
		change(&src)
	}
	model, err := config.Load(tb.Context(), src)
	if err != nil {
		tb.Fatalf("corstest: %v", err)
	}
	t.model, t.source, s.modelled = model, src, t
	return s
}

// modelTransport asks a model.
type modelTransport struct {
	path   string
	model  *server.Model
	source server.Source
}

// RoundTrip asks the model, and records what decided the answer in the record of the
// context.
func (t *modelTransport) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	a, err := t.model.Answer(ctx, server.RequestFromWire(req))
	record, _ := ctx.Value(recordKey{}).(*record)
	if err != nil {
		record.addError(err)
		return nil, err
	}
	resp := a.Response(req.Method)
	record.add(req, a, resp)
	return resp, nil
}

// recordKey is the key of a context's [record].
type recordKey struct{}

// record is what a model said during one call of a page.
type record struct {
	configuration report.Configuration
	unknown       *server.UnknownError
	unsure        map[*fetch.WireResponse]*server.UnknownError
}

// newRecord returns a context for one call, and its record.
func (t *modelTransport) newRecord(ctx context.Context) (context.Context, *record) {
	r := &record{
		configuration: report.Configuration{File: t.path, Kind: t.model.Kind, Versions: t.model.Versions},
		unsure:        make(map[*fetch.WireResponse]*server.UnknownError),
	}
	return context.WithValue(ctx, recordKey{}, r), r
}

func (r *record) addError(err error) {
	if unknown, ok := errors.AsType[*server.UnknownError](err); ok && r != nil && r.unknown == nil {
		r.unknown = unknown
	}
}

func (r *record) add(req *fetch.WireRequest, a *server.Answer, resp *fetch.WireResponse) {
	if r == nil {
		return
	}
	r.configuration.Add(report.Decided{Target: server.TargetOf(req), Decisions: a.Decided})
	if a.StatusUnknown != nil {
		r.unsure[resp] = a.StatusUnknown
	}
}

// unknownIn returns what the results depend on and is not known; nil when everything
// is known.
func (r *record) unknownIn(results []*browser.Result) *server.UnknownError {
	if r.unknown != nil {
		return r.unknown
	}
	for _, result := range results {
		if u := report.UnknownStatus(result, func(resp *fetch.WireResponse) *server.UnknownError { return r.unsure[resp] }); u != nil {
			return u
		}
	}
	return nil
}
