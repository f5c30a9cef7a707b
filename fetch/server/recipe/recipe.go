package recipe

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/enum"
	"github.com/corsim/corsim/fetch/server"
)

// System is a kind of server whose configuration can be written.
type System uint8

// The systems.
const (
	Express System = iota
	ExpressManual
	NodeJS
	Fastify
	Hono
	Koa
	Nest
	Next
	Flask
	FastAPI
	Starlette
	Django
	PHP
	Laravel
	Rails
	Rack
	Spring
	ASPNET
	GoHTTP
	GoRSCORS
	GoChi
	GoGin
	GoEcho
	Nginx
	Apache
	Caddy
	Traefik
	HAProxy
)

var forms = [...]*form{
	Express: &express, ExpressManual: &expressManual, NodeJS: &nodeJS, Fastify: &fastify, Hono: &hono, Koa: &koa, Nest: &nest, Next: &next,
	Flask: &flask, FastAPI: &fastAPI, Starlette: &starlette, Django: &django, PHP: &php, Laravel: &laravel, Rails: &rails, Rack: &rack,
	Spring: &spring, ASPNET: &aspNET, GoHTTP: &goHTTP, GoRSCORS: &goRSCORS, GoChi: &goChi, GoGin: &goGin, GoEcho: &goEcho,
	Nginx: &nginx, Apache: &apache, Caddy: &caddy, Traefik: &traefik, HAProxy: &haproxy,
}

var systems = enum.New[System]("server", "express", "express-manual", "node", "fastify", "hono", "koa", "nest", "next",
	"flask", "fastapi", "starlette", "django", "php", "laravel", "rails", "rack", "spring", "aspnet", "go", "rs-cors", "chi", "gin", "echo",
	"nginx", "apache", "caddy", "traefik", "haproxy")

// String returns the system's word, such as "express".
func (s System) String() string { return systems.Word(s) }

// ParseSystem returns the system of a word, such as "express" or "nginx", or of
// another name for it, such as "nestjs", in any case. The error for an unknown word
// lists the known ones.
func ParseSystem(word string) (System, error) {
	lower := fetch.ByteLowercase(word)
	for i, f := range forms {
		if slices.Contains(f.aliases, lower) {
			return System(i), nil
		}
	}
	s, err := systems.Parse(lower)
	if err != nil {
		return systems.Parse(word)
	}
	return s, nil
}

// Name returns the system's name, such as "Express (cors)".
func (s System) Name() string { return forms[s].name }

// Versions returns for which versions the text of [Write] is right, such as
// "Express 4 and 5 with cors 2.8".
func (s System) Versions() string { return forms[s].versions }

// Needs returns what has to be installed or enabled, such as "npm install cors"; ""
// if that is nothing.
func (s System) Needs() string { return forms[s].needs }

// Aliases returns other words for the system that [ParseSystem] takes.
func (s System) Aliases() []string { return slices.Clone(forms[s].aliases) }

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
// complete CORS configuration, not a change of an existing one. Comments say for
// which versions it is right, what it needs, and where it belongs.
func Write(s System, need server.Need) string { return forms[s].write(need) }

// PreflightPassed returns what else lets a preflight through, in one sentence, where
// the server has the configuration of [Write] already; "" where the configuration
// answers preflights before everything else.
func PreflightPassed(s System) string { return forms[s].passed }
