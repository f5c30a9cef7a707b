//go:build !linux

package record

import (
	"errors"

	"github.com/corsim/corsim/conformance/wire"
)

var errNotLinux = errors.New("the recorder needs Linux, for namespaces in which the hosts of scenarios exist")

// Inside reports whether this process is in a world that [Enter] made.
func Inside() bool { return false }

// Enter makes a world on Linux; here it only returns an error.
func Enter() (status int, err error) { return 0, errNotLinux }

// world is the network in which a browser runs, with its servers.
type world struct {
	engine    string
	folder    string
	network   network
	authority *wire.Authority
	server    *wire.Server
	pages     *pages
}

func openWorld(string, []*Story) (*world, error) { return nil, errNotLinux }

func (w *world) close() {}
