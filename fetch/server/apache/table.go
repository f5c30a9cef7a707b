package apache

import (
	_ "embed" // for directives.txt
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch"
)

//go:embed directives.txt
var directivesText string

// A known directive of the real server.
type known struct {
	module string // such as "headers"
	// where says where it may stand: "s" in a server, "d" in a section, and in
	// .htaccess if one of the letters behind is allowed there.
	where string
}

// directives returns the directives of all modules of the real server by their name
// in lower case.
var directives = sync.OnceValue(func() map[string]known {
	out := make(map[string]known)
	for row := range strings.Lines(directivesText) {
		head, names, _ := strings.Cut(row, ":")
		module, where, _ := strings.Cut(head, " ")
		for name := range strings.FieldsSeq(names) {
			out[fetch.ByteLowercase(name)] = known{module, where}
		}
	}
	return out
})

// overrides says which class of AllowOverride a letter in the table stands for.
const (
	overrideFileInfo = 1 << iota
	overrideOptions
	overrideAuthConfig
	overrideIndexes
	overrideLimit
	overrideAll = overrideFileInfo | overrideOptions | overrideAuthConfig | overrideIndexes | overrideLimit
)

// allowedBy reports whether .htaccess may have a directive where some classes are
// allowed.
func (k known) allowedBy(override int) bool {
	for _, c := range k.where {
		bit := map[rune]int{'F': overrideFileInfo, 'O': overrideOptions, 'C': overrideAuthConfig, 'I': overrideIndexes, 'L': overrideLimit, '*': overrideAll}[c]
		if override&bit != 0 {
			return true
		}
	}
	return false
}

// staticModules are compiled into Debian's server.
var staticModules = []string{"core", "so", "watchdog", "http", "log_config", "logio", "version", "unixd"}

// usualModules are modules that define no directive.
var usualModules = []string{
	"authz_host", "authz_user", "authz_owner", "proxy_http", "proxy_balancer", "proxy_ajp", "proxy_uwsgi", "proxy_http2", "slotmem_shm",
	"slotmem_plain", "socache_shmcb", "socache_dbm", "lbmethod_byrequests", "lbmethod_bytraffic", "lbmethod_bybusyness",
	"unique_id", "asis", "cgid", "ratelimit", "data", "status", "bucketeer", "ldap", "proxy_fdpass", "mpm_event", "mpm_prefork", "mpm_worker",
}

// moduleID returns the module that an argument of LoadModule or <IfModule> names,
// such as "headers" for "headers_module" and "mod_headers.c".
func moduleID(name string) string {
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".c"), "_module")
	name = strings.TrimPrefix(name, "mod_")
	switch name {
	case "prefork", "event", "worker":
		return "mpm_" + name
	case "mpm_itk":
		return "itk"
	case "php", "php5", "php7", "php8":
		return "php"
	case "http_core":
		return "http"
	}
	return name
}

// isKnownModule reports whether the table has a module.
func isKnownModule(id string) bool {
	for _, k := range directives() {
		if k.module == id {
			return true
		}
	}
	for _, list := range [][]string{usualModules, staticModules} {
		for _, m := range list {
			if m == id {
				return true
			}
		}
	}
	return false
}
