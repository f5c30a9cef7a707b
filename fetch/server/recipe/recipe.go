package recipe

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/enum"
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

var systems = enum.New[System]("server", "express", "node", "flask", "django", "php", "rails", "aspnet", "nginx", "apache")

// String returns the system's word, such as "express".
func (s System) String() string { return systems.Word(s) }

// ParseSystem returns the system of a word, such as "express" or "nginx", in any
// case. The error for an unknown word lists the known ones.
func ParseSystem(word string) (System, error) {
	s, err := systems.Parse(fetch.ByteLowercase(word))
	if err != nil {
		return systems.Parse(word)
	}
	return s, nil
}

// Name returns the system's name, such as "Express (cors)".
func (s System) Name() string { return forms[s].name }

// Systems returns all systems in order.
func Systems() []System {
	out := make([]System, len(forms))
	for i := range out {
		out[i] = System(i)
	}
	return out
}

// Write returns the text of a configuration with which a system allows the need.
// The text has Vary if the response depends on the request's origin. It is the
// complete CORS configuration, not a change of an existing one.
func Write(s System, need server.Need) string { return forms[s].write(need) }
