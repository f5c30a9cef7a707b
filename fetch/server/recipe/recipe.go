package recipe

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// System is a kind of server whose configuration can be written.
type System uint8

// The systems.
const (
	Express System = iota
	NodeJS
	Flask
	Django
	PHP
	Rails
	ASPNET
	Nginx
	Apache
)

var forms = [...]form{
	Express: express, NodeJS: nodeJS, Flask: flask, Django: django, PHP: php, Rails: rails, ASPNET: aspNET,
	Nginx: nginx, Apache: apache,
}

// String returns the system's name, such as "Express (cors)".
func (s System) String() string { return forms[s].name }

// Word returns the system's short word, such as "express".
func (s System) Word() string { return forms[s].word }

// Systems returns all systems in order.
func Systems() []System {
	out := make([]System, len(forms))
	for i := range out {
		out[i] = System(i)
	}
	return out
}

// ParseSystem returns the system of a short word, such as "express" or "nginx",
// in any case.
func ParseSystem(word string) (s System, ok bool) {
	i := slices.IndexFunc(forms[:], func(f form) bool { return fetch.EqualFold(f.word, word) })
	return System(max(i, 0)), i >= 0
}

// Write returns the text of a configuration with which a system allows all that
// is needed, with Vary where the answer depends on who asks. It is the whole of
// what is needed, since configurations are written whole.
func Write(s System, need server.Need) string { return forms[s].write(need) }
