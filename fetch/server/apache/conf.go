package apache

import (
	"github.com/corsim/corsim/fetch/server"
)

// A section holds what applies to a part of the server: the configuration of a
// server itself, of a <Directory>, <Location>, <Files>, <If>, <Proxy>, or of a
// .htaccess file. The part of a module is nil when none of its directives is in
// the section.
type section struct {
	pos  server.Position
	text string // such as "<Location /api/>"
	// what the section applies to
	path      string // as compared; "*If" in <If>
	depth     int    // of a <Directory>: its number of slashes
	glob      bool
	re        *pattern
	groups    []string // the names of the groups of re
	condition *expr    // of <If> and <ElseIf>
	branch    branch

	core    *coreConf
	headers *headersConf
	rewrite *rewriteConf
	setenv  []*envIf
	env     []envSet
	alias   *aliasConf
	access  *accessConf
	authz   *authzConf
	auth    *authConf
	index   *indexConf
	mime    *mimeConf
	proxy   *proxyConf
	filter  *filterConf
	methods *methodsConf
}

// branch says how a section of a condition depends on the one before.
type branch int

const (
	branchNone branch = iota
	branchIf
	branchElseIf
	branchElse
)

// coreConf holds the directives of the core.
type coreConf struct {
	options, optionsAdd, optionsRemove int
	optionsSet                         bool // Options without + and -
	override                           int
	overrideSet                        bool
	overrideOptions                    int
	overrideList                       map[string]bool
	nonfatalOverride, nonfatalUnknown  bool
	handler                            string
	handlerExpr                        *expr
	forceType                          string
	errorDocuments                     map[int]*errorDocument
	pathInfo                           string // AcceptPathInfo in lower case
	outputFilters                      []string
	files, ifs                         []*section
	encodedSlashes                     string
}

// An errorDocument says what a status is answered with.
type errorDocument struct {
	pos server.Position
	// standard restores the server's own text.
	standard bool
	text     bool // the value is the text itself
	value    *expr
}

// The options of the Options directive.
const (
	optIndexes = 1 << iota
	optIncludes
	optSymLinks
	optExecCGI
	optIncludesExec
	optSymOwner
	optMultiViews
	optAll = optIndexes | optIncludes | optSymLinks | optExecCGI | optIncludesExec
)

// envSet is a SetEnv, PassEnv or UnsetEnv.
type envSet struct {
	pos         server.Position
	name, value string
	unset       bool
	unknown     *server.UnknownError
}

// aliasConf holds Redirect directives of a section.
type aliasConf struct {
	redirects []*redirect
	// single is a Redirect in a <Location> that names only its target.
	single *redirect
	// alias is an Alias in a <Location>.
	alias       *alias
	relative    bool
	relativeSet bool
}

type redirect struct {
	pos    server.Position
	prefix string
	re     *pattern
	target string
	expr   *expr // of a single redirect
	status int
}

type alias struct {
	pos     server.Position
	prefix  string
	re      *pattern
	target  string
	handler string
	expr    *expr
}

// indexConf holds the directives of mod_dir.
type indexConf struct {
	names         []string
	slash         *bool
	checkHandler  *bool
	fallback      string
	indexRedirect int
}

// mimeConf holds the directives of mod_mime, by extension in lower case.
type mimeConf struct {
	handlers, types map[string]string
	filters         map[string][]string
}

// filterConf holds AddOutputFilterByType.
type filterConf struct {
	byType []typeFilter
}

type typeFilter struct {
	pos   server.Position
	name  string // such as "DEFLATE"
	types []string
}

// methodsConf is an AllowMethods.
type methodsConf struct {
	pos     server.Position
	allowed []string // nil after "reset"
}

// A host is a server: the main one, or a <VirtualHost>.
type host struct {
	pos      server.Position
	address  []string // of the <VirtualHost>; nil for the main server
	name     string
	port     int
	aliases  []string
	root     string // DocumentRoot
	tls      bool
	trace    string
	base     *section
	dirs     []*section
	urls     []*section
	proxies  []*section
	rewrite  rewriteServer
	setenv   []*envIf
	aliasesC []*alias
	redirect []*redirect
	passes   []*pass
	reverse  []*reverse
	balancer map[string]string
	access   string // AccessFileName
	maps     map[string]*rewriteMap
	slashes  bool // MergeSlashes Off
}
