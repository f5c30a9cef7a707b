// Package config reads the configuration of any server that is modelled: [Load]
// recognises the kind of a text and gives it to the reader of that kind.
//
// A program that reads only one kind imports that kind's package, for example
// package nginx, and stays smaller: package nodejs brings a JavaScript engine.
package config

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/apache"
	"github.com/corsim/corsim/fetch/server/aspnet"
	"github.com/corsim/corsim/fetch/server/aws"
	"github.com/corsim/corsim/fetch/server/caddy"
	"github.com/corsim/corsim/fetch/server/haproxy"
	"github.com/corsim/corsim/fetch/server/kubernetes"
	"github.com/corsim/corsim/fetch/server/nginx"
	"github.com/corsim/corsim/fetch/server/php"
	"github.com/corsim/corsim/fetch/server/python"
	"github.com/corsim/corsim/fetch/server/ruby"
	"github.com/corsim/corsim/fetch/server/spring"
)

// Readers returns the readers of all kinds, in the order in which Load asks them. In
// WebAssembly those of JavaScript only recognise a text, and their Load returns
// [ErrNoJavaScript]: their engine is larger than everything else. The build tag
// javascript brings it.
func Readers() []server.Reader {
	return slices.Concat([]server.Reader{
		nginx.Reader(),
		kubernetes.IngressReader(),
		kubernetes.GatewayReader(),
		haproxy.Reader(),
		apache.Reader(),
		caddy.Reader(),
		php.Reader(),
		php.LaravelReader(),
		ruby.Reader(),
		aspnet.Reader(),
		spring.Reader(),
	}, javaScriptReaders(), []server.Reader{
		python.FlaskReader(),
		python.FastAPIReader(),
		python.DjangoReader(),
		aws.S3Reader(),
		aws.APIGatewayReader(),
	})
}

// ErrNoJavaScript is the error for a server in JavaScript in a program without the engine
// that runs it.
var ErrNoJavaScript = errors.New("this program does not run servers in JavaScript")

// Load reads a configuration as the kind that the source names, or that its text is
// recognised as. Its errors are those of [server.Reader].
func Load(ctx context.Context, src server.Source) (*server.Model, error) {
	r, err := ReaderOf(src)
	if err != nil {
		return nil, err
	}
	return r.Load(ctx, src)
}

// ReaderOf returns the reader that [Load] gives a configuration to. The error is a
// [*server.InputError].
func ReaderOf(src server.Source) (server.Reader, error) { return choose(Readers(), &src) }

// choose returns the reader of a source.
func choose(readers []server.Reader, src *server.Source) (server.Reader, error) {
	if src.Kind != "" {
		for _, r := range readers {
			if r.Kind == src.Kind {
				return r, nil
			}
		}
		return server.Reader{}, refuse(src, fmt.Sprintf("%q is not a kind of configuration", src.Kind), "the kinds are "+wordsOf(readers))
	}
	best := server.NotMine
	var found []server.Reader
	for _, r := range readers {
		switch c := r.Recognise(src.Name, src.Text); {
		case c > best:
			best, found = c, []server.Reader{r}
		case c == best && c != server.NotMine:
			found = append(found, r)
		}
	}
	switch len(found) {
	case 0:
		return server.Reader{}, unrecognised(readers, src)
	case 1:
		return found[0], nil
	}
	return server.Reader{}, refuse(src, "this could be one of several kinds of configuration", "give its kind with --kind: "+wordsOf(found))
}

// refuse returns the error about a text whose kind is not known.
func refuse(src *server.Source, problem, help string) *server.InputError {
	return &server.InputError{Position: server.Position{File: src.Name}, Problem: problem, Help: help}
}

// wordsOf returns the words of some readers.
func wordsOf(readers []server.Reader) string {
	var out []string
	for _, r := range readers {
		out = append(out, r.Kind)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}
