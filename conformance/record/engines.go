package record

import (
	"fmt"
	"os/exec"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// Engines returns the names of the engines that can be recorded.
func Engines() []string { return []string{"chromium", "firefox", "webkit"} }

// newDriver returns the driver of an engine for a world.
func newDriver(engine string, w *world) (driver, error) {
	switch engine {
	case "chromium":
		return newChromium(w)
	case "firefox":
		return newFirefox(w)
	case "webkit":
		return newWebKit(w)
	}
	return nil, fmt.Errorf("unknown engine %q; known: %s", engine, strings.Join(Engines(), ", "))
}

// Missing returns the error that says what is not installed for the recording of an engine, with the command that
// installs it on Debian; nil if nothing is missing.
func Missing(engine string) error {
	_, err := newDriver(engine, &world{pages: new(pages)})
	return err
}

// closing returns the header that each response to an engine has besides those of its rule, for an engine that needs it.
// Firefox and WebKitGTK send the next request over a connection that has ended; Firefox repeats none of them,
// and WebKitGTK only some.
func closing(engine string) fetch.Header {
	if engine == "firefox" || engine == "webkit" {
		return fetch.Header{Name: "Connection", Value: "close"}
	}
	return fetch.Header{}
}

// missing is the error for something that is not installed.
func missing(what, debianPackage string) error {
	return fmt.Errorf("%s is missing; on Debian: apt-get install %s", what, debianPackage)
}

// program returns the path of the first program that is installed.
func program(debianPackage string, names ...string) (string, error) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", missing(names[0], debianPackage)
}
