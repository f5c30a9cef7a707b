package nodejs

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// version returns the version of a package: the one that is given, the one that fits
// the text, or the usual one.
func (p *program) version(name string) server.Version {
	if p.versions[name] == "" {
		if v := p.assumed[name]; v != "" {
			return server.Version{Name: name, Version: v, Assumed: true}
		}
	}
	return server.VersionOf(p.versions, name, standardVersions[name])
}

// assumeOlder assumes Express 4 for a program that Express 5 refuses because of a
// path, if nothing says which of them it is for.
func (p *program) assumeOlder(err error) bool {
	if !strings.Contains(err.Error(), "pathToRegexpError") || !p.version("express").Assumed || p.assumed != nil {
		return false
	}
	p.assumed = map[string]string{"express": "4.22.3"}
	return true
}
