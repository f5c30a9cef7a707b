package apache

import (
	"path"
	"strconv"
	"strings"
)

// coreCommands returns the commands of the core.
func coreCommands() map[string]command {
	return map[string]command{
		"servername":          serverName,
		"serveralias":         serverAlias,
		"documentroot":        documentRoot,
		"accessfilename":      accessFileName,
		"traceenable":         traceEnable,
		"sslengine":           sslEngine,
		"mergeslashes":        mergeSlashes,
		"options":             options,
		"allowoverride":       allowOverride,
		"allowoverridelist":   allowOverrideList,
		"sethandler":          setHandler,
		"forcetype":           forceType,
		"errordocument":       errorDocumentCommand,
		"acceptpathinfo":      acceptPathInfo,
		"setoutputfilter":     setOutputFilter,
		"limitrequestbody":    limitRequestBody,
		"allowencodedslashes": encodedSlashes,
	}
}

// oneWord returns the only argument of a directive.
func oneWord(d *directive) (string, error) {
	w := words(d.args)
	if len(w) != 1 {
		return "", start(d.pos, "%s takes one argument", d.name)
	}
	return w[0], nil
}

// flag returns the argument of a directive that is On or Off.
func flag(d *directive) (bool, error) {
	switch w := words(d.args); {
	case len(w) == 1 && lower(w[0]) == "on":
		return true, nil
	case len(w) == 1 && lower(w[0]) == "off":
		return false, nil
	}
	return false, start(d.pos, "%s must be On or Off", d.name)
}

func serverName(b *builder, c *scope, d *directive) error {
	if d.unknown != nil {
		return nil
	}
	w, err := oneWord(d)
	if _, rest, ok := strings.Cut(w, "://"); ok {
		w = rest
	}
	name, port, _ := strings.Cut(w, ":")
	c.host.name = lower(name)
	if n, err := strconv.Atoi(port); err == nil {
		c.host.port = n
	}
	return err
}

func serverAlias(b *builder, c *scope, d *directive) error {
	for _, w := range words(d.args) {
		c.host.aliases = append(c.host.aliases, lower(w))
	}
	return nil
}

func documentRoot(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	c.host.root = path.Clean(b.p.place(w))
	return err
}

func accessFileName(b *builder, c *scope, d *directive) error {
	c.host.access = first(d.args)
	if len(words(d.args)) > 1 {
		return refuse(d.pos, "several names in AccessFileName are not modelled", "")
	}
	return nil
}

func traceEnable(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	c.host.trace = lower(w)
	return err
}

func sslEngine(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	c.host.tls = lower(w) != "off"
	return err
}

func mergeSlashes(b *builder, c *scope, d *directive) error {
	on, err := flag(d)
	c.host.slashes = !on
	return err
}

// optionBits are the words of Options.
var optionBits = map[string]int{
	"indexes": optIndexes, "includes": optIncludes | optIncludesExec, "includesnoexec": optIncludes, "followsymlinks": optSymLinks,
	"symlinksifownermatch": optSymOwner, "execcgi": optExecCGI, "multiviews": optMultiViews, "none": 0, "all": optAll,
}

func options(b *builder, c *scope, d *directive) error {
	core := c.sec.coreConf()
	merge, allNone := false, false
	for i, w := range words(d.args) {
		var action byte
		if w != "" && (w[0] == '+' || w[0] == '-') {
			action = w[0]
			w = w[1:]
			if !merge && i > 0 && !allNone {
				return start(d.pos, "Either all Options must start with + or -, or no Option may.")
			}
			merge = true
		} else if i == 0 {
			core.options, core.optionsSet = 0, true
		} else if merge {
			return start(d.pos, "Either all Options must start with + or -, or no Option may.")
		}
		bit, ok := optionBits[lower(w)]
		if !ok {
			return start(d.pos, "Illegal option %s", w)
		}
		if lower(w) == "none" || lower(w) == "all" {
			if i > 0 || merge {
				return start(d.pos, "'Options %s' must be the first Option given.", w)
			}
			allNone = true
		}
		if c.htaccess && c.options&bit != bit {
			return start(d.pos, "Option %s not allowed here", w)
		}
		core.option(action, bit)
	}
	return nil
}

// option adds or removes options.
func (core *coreConf) option(action byte, bit int) {
	switch action {
	case '-':
		core.optionsRemove |= bit
		core.optionsAdd &^= bit
		core.options &^= bit
	case '+':
		core.optionsAdd |= bit
		core.optionsRemove &^= bit
		core.options |= bit
	default:
		core.options |= bit
	}
}

func allowOverride(b *builder, c *scope, d *directive) error {
	core := c.sec.coreConf()
	core.override, core.overrideSet = 0, true
	for _, w := range words(d.args) {
		key, value, has := strings.Cut(lower(w), "=")
		switch key {
		case "limit":
			core.override |= overrideLimit
		case "options":
			core.override |= overrideOptions
			core.overrideOptions = optAll | optSymOwner | optMultiViews
			if has {
				core.overrideOptions = 0
				for o := range strings.SplitSeq(value, ",") {
					core.overrideOptions |= optionBits[o]
				}
			}
		case "fileinfo":
			core.override |= overrideFileInfo
		case "authconfig":
			core.override |= overrideAuthConfig
		case "indexes":
			core.override |= overrideIndexes
		case "nonfatal":
			core.nonfatalOverride = value == "override" || value == "all"
			core.nonfatalUnknown = value == "unknown" || value == "all"
		case "none":
			core.override = 0
		case "all":
			core.override = overrideAll
		default:
			return start(d.pos, "Illegal override option %s", w)
		}
	}
	return nil
}

func allowOverrideList(b *builder, c *scope, d *directive) error {
	core := c.sec.coreConf()
	core.overrideList = make(map[string]bool)
	for _, w := range words(d.args) {
		if lower(w) != "none" {
			core.overrideList[lower(w)] = true
		}
	}
	return nil
}

func setHandler(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	if err != nil {
		return err
	}
	core := c.sec.coreConf()
	core.handlerExpr = nil
	if text, ok := strings.CutPrefix(w, "expr="); ok {
		core.handlerExpr, err = b.parseExpr(d, text, stringExpr)
		return err
	}
	core.handler = w
	if !strings.HasPrefix(w, "proxy:") {
		core.handler = lower(w)
	}
	return nil
}

func forceType(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	c.sec.coreConf().forceType = lower(w)
	return err
}

func errorDocumentCommand(b *builder, c *scope, d *directive) error {
	code, rest := word(d.args)
	value, more := word(rest)
	if more != "" {
		return start(d.pos, "ErrorDocument takes two arguments, Change responses for HTTP errors")
	}
	if value == "" {
		return start(d.pos, "ErrorDocument takes two arguments, Change responses for HTTP errors")
	}
	status, _ := strconv.Atoi(code)
	if !isStatus(status) {
		return start(d.pos, "Unsupported HTTP response code %s", code)
	}
	doc := &errorDocument{pos: d.pos}
	isLocal := !strings.Contains(value, " ") && strings.HasPrefix(value, "/")
	isRemote := !strings.Contains(value, " ") && isURL(value)
	core := c.sec.coreConf()
	switch {
	case status == 401 && isRemote:
		return nil
	case lower(value) == "default":
		doc.standard = true
	default:
		doc.text = !isLocal && !isRemote
		e, err := b.parseExpr(d, value, stringExpr)
		if err != nil {
			return err
		}
		doc.value = e
	}
	if core.errorDocuments == nil {
		core.errorDocuments = make(map[int]*errorDocument)
	}
	core.errorDocuments[status] = doc
	return nil
}

func acceptPathInfo(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	c.sec.coreConf().pathInfo = lower(w)
	return err
}

func setOutputFilter(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	if err != nil {
		return err
	}
	c.sec.coreConf().outputFilters = strings.Split(upper(w), ";")
	return nil
}

func limitRequestBody(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(w, 10, 64)
	if err != nil || n < 0 {
		return start(d.pos, "LimitRequestBody requires a non-negative integer.")
	}
	if n > 0 && n < 1024 {
		return refuse(d.pos, "a LimitRequestBody below 1024 bytes is not modelled", "")
	}
	return nil
}

func encodedSlashes(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	c.sec.coreConf().encodedSlashes = lower(w)
	return err
}
