package configfile

import (
	"context"
	"errors"
	"path"
	"slices"

	"github.com/corsim/corsim/fetch/server"
)

// Relocate returns a model whose positions name files from another folder: each gets
// the folder in front.
func Relocate(m *server.Model, folder string) *server.Model {
	if folder == "" || folder == "." {
		return m
	}
	out := *m
	out.Assumptions, out.Policy, out.Routes = slices.Clone(m.Assumptions), slices.Clone(m.Policy), slices.Clone(m.Routes)
	for i := range out.Assumptions {
		out.Assumptions[i].Position = moved(out.Assumptions[i].Position, folder)
	}
	for i := range out.Policy {
		out.Policy[i].Position = moved(out.Policy[i].Position, folder)
	}
	for i := range out.Routes {
		out.Routes[i].Position = moved(out.Routes[i].Position, folder)
	}
	out.Unknowns = nil
	for _, u := range m.Unknowns {
		out.Unknowns = append(out.Unknowns, movedUnknown(u, folder))
	}
	out.Server = relocated{m.Server, folder}
	return &out
}

// RelocateError returns an error about a configuration with its position named from
// another folder.
func RelocateError(err error, folder string) error {
	if folder == "" || folder == "." {
		return err
	}
	if e, ok := errors.AsType[*server.InputError](err); ok {
		out := *e
		out.Position = moved(e.Position, folder)
		return &out
	}
	if e, ok := errors.AsType[*server.StartError](err); ok {
		out := *e
		out.Position = moved(e.Position, folder)
		return &out
	}
	if e, ok := errors.AsType[*server.UnknownError](err); ok {
		return movedUnknown(e, folder)
	}
	return err
}

func moved(p server.Position, folder string) server.Position {
	if p.File != "" && !path.IsAbs(p.File) {
		p.File = path.Join(folder, p.File)
	}
	return p
}

func movedUnknown(u *server.UnknownError, folder string) *server.UnknownError {
	if u == nil {
		return nil
	}
	out := *u
	out.Position = moved(u.Position, folder)
	return &out
}

// relocated is a server whose answers name files from another folder.
type relocated struct {
	next   server.Answerer
	folder string
}

// Answer answers a request.
func (r relocated) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	a, err := r.next.Answer(ctx, req)
	if err != nil {
		return nil, RelocateError(err, r.folder)
	}
	out := *a
	out.StatusUnknown = movedUnknown(a.StatusUnknown, r.folder)
	out.Decided = slices.Clone(a.Decided)
	for i := range out.Decided {
		out.Decided[i].Position = moved(out.Decided[i].Position, r.folder)
	}
	return &out, nil
}
