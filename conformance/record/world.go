package record

import (
	"context"
	"net"
	"os"
	"strings"

	"github.com/corsim/corsim/conformance/wire"
	"github.com/corsim/corsim/fetch"
)

// world is the network in which a browser runs, with its servers.
type world struct {
	engine    string
	program   string   // the path of the browser; "" where it is looked for
	folders   []string // for profiles and other files; they disappear with the world
	network   network
	table     *hostTable // where the hosts are now
	authority *wire.Authority
	keyHash   string // of the certificates, for Chromium
	server    *wire.Server
	pages     *pages
	// mapped is the host and port of the only server, in a world whose hosts have no addresses: the browser is
	// told to connect there for all of them. It is "" in the namespaces that [Enter] makes.
	mapped string
	hosts  string // the file that is /etc/hosts in the namespaces
	undo   func() // what makes the namespaces ready for another world; nil where nothing has to be undone
}

// move puts the hosts where a table says. A browser that runs may remember where they were.
func (w *world) move(t *hostTable) error {
	w.table = t
	var text strings.Builder
	text.WriteString(alike + " localhost\n")
	for _, name := range w.network.names {
		text.WriteString(t.of(name) + " " + name + "\n")
	}
	return os.WriteFile(w.hosts, []byte(text.String()), 0o644)
}

// newWorld returns a world in which nothing listens yet.
func newWorld(engine string, stories []*Story) (*world, error) {
	w := &world{engine: engine, network: networkOf(stories), pages: new(pages)}
	var err error
	if w.authority, err = wire.NewAuthority(); err != nil {
		return nil, err
	}
	if w.keyHash, err = w.authority.KeyHash(); err != nil {
		return nil, err
	}
	w.server = wire.NewServer(wire.Options{Authority: w.authority, Intercept: w.intercept, Closing: closing(engine)})
	return w, nil
}

// openMapped opens a world on the machine as it is, for a browser that is installed: one port of the loopback
// interface, to which the browser connects for all hosts.
func openMapped(b *Installed, stories []*Story) (*world, error) {
	if err := checkMapped(stories); err != nil {
		return nil, err
	}
	w, err := newWorld(b.Engine, stories)
	if err != nil {
		return nil, err
	}
	w.program = b.Path
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	w.mapped = l.Addr().String()
	go w.server.Serve(l)
	return w, nil
}

// intercept answers the requests that are not part of a scenario. In a mapped world these are also those that the browser
// makes by itself, such as for updates.
func (w *world) intercept(ctx context.Context, r *wire.Request) *fetch.WireResponse {
	if w.mapped != "" && !w.network.has(r.URL) {
		return &fetch.WireResponse{Status: 404}
	}
	return w.pages.intercept(ctx, r)
}

// newFolder makes a folder for the files of a browser. A browser that is packaged as a snap sees only its own folders.
func (w *world) newFolder() (string, error) {
	parent := ""
	if w.program != "" {
		parent = snapFolder(w.program)
	}
	folder, err := os.MkdirTemp(parent, "corsim-record-")
	if err == nil {
		w.folders = append(w.folders, folder)
	}
	return folder, err
}

// find returns the path of the browser, which is one of some programs where the user has not named it.
func (w *world) find(debianPackage string, names ...string) (string, error) {
	if w.program != "" {
		return w.program, nil
	}
	return program(debianPackage, names...)
}

// freePort returns a port of the loopback interface that nobody listens at: preferred where every port is free.
func (w *world) freePort(preferred int) (int, error) {
	if w.mapped == "" {
		return preferred, nil
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func (w *world) close() {
	w.server.Close()
	if w.undo != nil {
		w.undo()
	}
	for _, folder := range w.folders {
		os.RemoveAll(folder)
	}
}
