package nginx

import (
	"maps"
	"slices"

	"github.com/corsim/corsim/fetch/server"
)

// levelKind says what a level of the configuration is.
type levelKind int

const (
	httpLevel levelKind = iota
	serverLevel
	locationLevel
	ifLevel
	limitLevel // limit_except
)

// level is one level of the configuration of http: what holds for requests that
// reach it, first as it is in the text and after inherit with what comes from
// the levels around it.
type level struct {
	kind   levelKind
	at     server.Position
	label  string // such as "location /api/"
	parent *level
	server *virtualServer
	chosen server.Decision // says that the level was chosen

	// The name and the form of a location.
	name                        string
	exact, noRegex, named       bool
	regex                       *pattern
	autoRedirect, internal      bool
	locations                   []*level // of the text, in order
	prefixes, regexes, children []*level // the locations to search, and all levels inside
	limit                       *level   // for the methods that limit_except does not name
	limitMethods                []string

	program  []instruction // of the rewrite phase; not inherited
	tryFiles []tryFile     // not inherited
	handler  handlerKind
	passes   map[handlerKind]*pass

	// What is inherited as a whole when the level has none of its own.
	single     map[string][]string // the arguments of directives that have one value
	headers    []*addedHeader
	more       []*moreHeader
	errorPages []errorPage
	access     []accessRule
	realm      *value
	userFile   *value
	authURI    string
	authAt     server.Position
	authSets   []authSet
	root       *rootPath
	setHeaders map[handlerKind][]headerValue
	hidden     map[handlerKind][]string
	shown      map[handlerKind][]string
	redirects  []redirectRule
	noRedirect bool
	types      map[string]string
	// missing is an include whose text is not given.
	missing *server.UnknownError
}

// get returns the first argument of a directive that has one value.
func (l *level) get(name, standard string) string {
	if args := l.single[name]; len(args) > 0 {
		return args[0]
	}
	return standard
}

// on reports whether a flag is on.
func (l *level) on(name, standard string) bool { return l.get(name, standard) == "on" }

// inherit takes over from the level around what this level does not say, and then
// does the same for the levels inside.
func (l *level) inherit() {
	if p := l.parent; p != nil {
		l.inheritSettings(p)
		l.inheritLists(p)
		if l.kind == ifLevel || l.kind == limitLevel {
			l.inheritPasses(p)
		}
	}
	l.defaultRedirect()
	for _, child := range l.children {
		child.inherit()
	}
}

func (l *level) inheritSettings(p *level) {
	for name, args := range p.single {
		if _, own := l.single[name]; !own {
			l.single[name] = args
		}
	}
	if l.realm == nil {
		l.realm = p.realm
	}
	if l.userFile == nil {
		l.userFile = p.userFile
	}
	if l.authURI == "" {
		l.authURI, l.authAt = p.authURI, p.authAt
	}
	if l.root == nil {
		l.root = p.root
	}
	if l.types == nil {
		l.types = p.types
	}
	if l.missing == nil {
		l.missing = p.missing
	}
}

func (l *level) inheritLists(p *level) {
	l.inheritHeaders(p)
	l.more = slices.Concat(p.more, l.more)
	inheritList(&l.errorPages, p.errorPages)
	inheritList(&l.access, p.access)
	inheritList(&l.authSets, p.authSets)
	if l.redirects == nil && !l.noRedirect {
		l.redirects, l.noRedirect = p.redirects, p.noRedirect
	}
	inheritMap(&l.setHeaders, p.setHeaders)
	inheritMap(&l.hidden, p.hidden)
	inheritMap(&l.shown, p.shown)
}

// inheritHeaders takes over add_header: those of the innermost level that has any,
// unless add_header_inherit says otherwise.
func (l *level) inheritHeaders(p *level) {
	switch l.get("add_header_inherit", "on") {
	case "off":
	case "merge":
		l.headers = slices.Concat(p.headers, l.headers)
	default:
		inheritList(&l.headers, p.headers)
	}
}

func inheritList[T any](own *[]T, outer []T) {
	if len(*own) == 0 {
		*own = outer
	}
}

func inheritMap[T any](own *map[handlerKind]T, outer map[handlerKind]T) {
	if *own == nil {
		*own = outer
		return
	}
	for kind, v := range outer {
		if _, has := (*own)[kind]; !has {
			(*own)[kind] = v
		}
	}
}

// inheritPasses takes over proxy_pass and the like, which only "if" and
// limit_except inherit.
func (l *level) inheritPasses(p *level) {
	passes := maps.Clone(p.passes)
	if passes == nil {
		passes = make(map[handlerKind]*pass)
	}
	maps.Copy(passes, l.passes)
	l.passes = passes
	if l.kind == limitLevel && l.handler == noHandler {
		l.handler = p.handler
	}
}

// defaultRedirect sets the rule of "proxy_redirect default".
func (l *level) defaultRedirect() {
	p := l.passes[proxyHandler]
	if p == nil || l.noRedirect || len(l.redirects) > 0 || p.target.hasVariables() {
		return
	}
	l.redirects = []redirectRule{p.defaultRedirect()}
}

// pattern is a regular expression with the variables of its named groups.
type pattern struct {
	text  string
	at    server.Position
	find  func(text string) (groups []int, ok bool)
	names []*variable // by group; nil for groups without a name
}

// addedHeader is an add_header.
type addedHeader struct {
	name, lower     string
	value           *value
	always          bool
	at              server.Position
	applied, status server.Decision // what it did, and that the status kept it from it
}

// headerValue is a header with its value.
type headerValue struct {
	name, lower string
	value       *value
}

// errorPage is an error_page for one status.
type errorPage struct {
	status    int
	overwrite int // the status to send; -1 for the same, 0 for that of the page
	uri       *value
	at        server.Position
	chosen    server.Decision
}

// tryFile is one argument of try_files.
type tryFile struct {
	value *value
	dir   bool
	code  int // of the last argument, when it is a status
	last  bool
	at    server.Position
}

// rootPath is a root or an alias.
type rootPath struct {
	value *value
	alias bool
	// cut is how much of the path an alias replaces; -1 for all of it.
	cut int
	at  server.Position
}

// authSet is an auth_request_set.
type authSet struct {
	variable *variable
	value    *value
}
