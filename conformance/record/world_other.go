//go:build !linux

package record

import "errors"

var errNotLinux = errors.New("the recorder needs Linux, for namespaces in which the hosts of scenarios exist; corsim record --mine works here")

// Inside reports whether this process is in a world that [Enter] made.
func Inside() bool { return false }

// Enter makes a world on Linux; here it only returns an error.
func Enter() (status int, err error) { return 0, errNotLinux }

func openWorld(string, []*Story) (*world, error) { return nil, errNotLinux }
