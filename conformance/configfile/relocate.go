package configfile

import (
	"context"
	"errors"
	"path"
	"slices"

	"github.com/corsim/corsim/fetch/server"
)

// Names returns the name of a file for people, from its path below a folder.
type Names func(file string) string

// Relocate returns a model whose positions have other names of files.
func Relocate(m *server.Model, names Names) *server.Model {
	out := *m
	out.Assumptions, out.Policy, out.Routes = slices.Clone(m.Assumptions), slices.Clone(m.Policy), slices.Clone(m.Routes)
	for i := range out.Assumptions {
		out.Assumptions[i].Position = moved(out.Assumptions[i].Position, names)
	}
	for i := range out.Policy {
		out.Policy[i].Position = moved(out.Policy[i].Position, names)
	}
	for i := range out.Routes {
		out.Routes[i].Position = moved(out.Routes[i].Position, names)
	}
	out.Unknowns = nil
	for _, u := range m.Unknowns {
		out.Unknowns = append(out.Unknowns, movedUnknown(u, names))
	}
	out.Server = relocated{m.Server, names}
	return &out
}

// RelocateError returns an error about a configuration whose position has another name
// of a file.
func RelocateError(err error, names Names) error {
	if e, ok := errors.AsType[*server.InputError](err); ok {
		out := *e
		out.Position = moved(e.Position, names)
		return &out
	}
	if e, ok := errors.AsType[*server.StartError](err); ok {
		out := *e
		out.Position = moved(e.Position, names)
		return &out
	}
	if e, ok := errors.AsType[*server.UnknownError](err); ok {
		return movedUnknown(e, names)
	}
	return err
}

func moved(p server.Position, names Names) server.Position {
	if p.File != "" && !path.IsAbs(p.File) {
		p.File = names(p.File)
	}
	return p
}

func movedUnknown(u *server.UnknownError, names Names) *server.UnknownError {
	if u == nil {
		return nil
	}
	out := *u
	out.Position = moved(u.Position, names)
	return &out
}

// relocated is a server whose answers have other names of files.
type relocated struct {
	next  server.Answerer
	names Names
}

// Answer answers a request.
func (r relocated) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	a, err := r.next.Answer(ctx, req)
	if err != nil {
		return nil, RelocateError(err, r.names)
	}
	out := *a
	out.StatusUnknown = movedUnknown(a.StatusUnknown, r.names)
	out.Decided = slices.Clone(a.Decided)
	for i := range out.Decided {
		out.Decided[i].Position = moved(out.Decided[i].Position, r.names)
	}
	return &out, nil
}
