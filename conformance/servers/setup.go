package servers

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// Setup says how a recorded server was run: the content of setup.json.
type Setup struct {
	Name     string            `json:"name"`
	System   string            `json:"system"` // the kind of server, such as "nginx"
	Versions map[string]string `json:"versions"`
	Main     string            `json:"main"` // the file that is read first
	Env      map[string]string `json:"env"`  // all environment variables that are set
	Start    []string          `json:"start"`
	Address  string            `json:"address"`
	Placed   map[string]string `json:"placed"`
	Behind   []SetupBehind     `json:"behind"`
	// Starts is false when the real server refuses the configuration; Message is
	// what it says then.
	Starts  *bool  `json:"starts"`
	Message string `json:"message"`
	Note    string `json:"note"`
	// Unknown holds the members that have no meaning here.
	Unknown map[string]jsontext.Value `json:",embed"`
}

// SetupBehind is one server behind a proxy.
type SetupBehind struct {
	Address string `json:"address"`
	Answers string `json:"answers"` // the path to a file of rules, from the folder
	Down    bool   `json:"down"`
}

// defaultPlace is where a server's folder lies when its setup does not say.
const defaultPlace = "/srv/app"

// ReadSetup reads a setup and the rules of the servers behind. The name is the path
// to its file in fsys; paths in it begin at its folder.
func ReadSetup(fsys fs.FS, name string) (*Setup, server.Source, error) {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, server.Source{}, err
	}
	s := new(Setup)
	if err := json.Unmarshal(text, s); err != nil {
		return nil, server.Source{}, server.At(server.Position{File: name}, err)
	}
	src := server.Source{
		Name: s.Main, Env: s.Env, EnvComplete: true, Versions: s.Versions, Placed: s.Placed,
	}
	if src.Placed == nil {
		src.Placed = map[string]string{".": defaultPlace}
	}
	for _, b := range s.Behind {
		behind := server.Behind{Address: b.Address}
		if !b.Down {
			if behind.Server, err = readBackend(fsys, path.Join(path.Dir(name), b.Answers)); err != nil {
				return nil, server.Source{}, err
			}
		}
		src.Behind = append(src.Behind, behind)
	}
	return s, src, nil
}

// readBackend reads the rules of a server behind a proxy from a file.
func readBackend(fsys fs.FS, name string) (server.Answerer, error) {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	out, err := ParseBackend(string(text))
	if err != nil {
		return nil, server.At(server.Position{File: name}, err)
	}
	return out, nil
}

// ParseBackend reads the rules of a server behind a proxy: a JSON object with the
// list "rules".
func ParseBackend(text string) (server.Answerer, error) {
	var form struct {
		Note  string `json:"note"`
		Rules []struct {
			Note    string      `json:"note"`
			Paths   []string    `json:"paths"`
			Prefix  string      `json:"prefix"`
			Methods []string    `json:"methods"`
			Status  int         `json:"status"`
			Headers [][2]string `json:"headers"`
			Reset   bool        `json:"reset"`
		} `json:"rules"`
	}
	if err := json.Unmarshal([]byte(text), &form); err != nil {
		return nil, &server.InputError{Problem: err.Error(), Err: err}
	}
	if form.Rules == nil {
		return nil, &server.InputError{Problem: `there is no list "rules"`, Help: "each rule has paths, prefix, methods, status and headers"}
	}
	var out server.Backend
	for i, r := range form.Rules {
		if r.Status == 0 && !r.Reset {
			return nil, &server.InputError{Path: fmt.Sprintf("rules[%d]", i), Problem: "there is no status", Help: `give "status" or "reset": true`}
		}
		out = append(out, server.BackendRule{
			Paths: r.Paths, Prefix: r.Prefix, Methods: r.Methods, Status: r.Status, Reset: r.Reset,
			Header: append(fetch.HeaderList{{Name: "Content-Type", Value: "application/json"}}, headers(r.Headers)...),
		})
	}
	json := fetch.HeaderList{{Name: "Content-Type", Value: "application/json"}}
	return sawBackend{append(out, server.BackendRule{Status: 404, Header: json})}, nil
}

// sawBackend says in its answers what it saw of the request.
type sawBackend struct{ rules server.Backend }

// Answer adds the three lines after the first one, as the recorded backend does.
func (b sawBackend) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	a, err := b.rules.Answer(ctx, req)
	if err != nil || len(a.Header) == 0 {
		return a, err
	}
	saw := func(name string) string {
		if v, ok := req.Header.Get(name); ok {
			return v
		}
		return "(none)"
	}
	a.Header = slices.Insert(slices.Clone(a.Header), 1,
		fetch.Header{Name: "X-Saw-Origin", Value: saw("Origin")}, fetch.Header{Name: "X-Saw-Host", Value: saw("Host")}, fetch.Header{Name: "X-Saw-Path", Value: req.Target})
	return a, nil
}

// headers returns pairs of names and values as a header list.
func headers(pairs [][2]string) fetch.HeaderList {
	var out fetch.HeaderList
	for _, p := range pairs {
		out = append(out, fetch.Header{Name: p[0], Value: p[1]})
	}
	return out
}
