package php

import (
	_ "embed"
	"io/fs"
	"maps"
	"path"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch/server"
)

// wordpressVersion is the version of WordPress that is assumed.
const wordpressVersion = "6.8"

//go:embed framework/wordpress.php
var wordpressText string

var wordpressFramework = sync.OnceValue(func() *source { return frameworkOf(wordpressText) })

// isWordPress reports whether a program gives functions to the hooks of WordPress, and
// does not define these functions itself.
func isWordPress(text string) bool {
	return !strings.Contains(text, "function add_action") && !strings.Contains(text, "function add_filter") && (calls(text, "add_action") || calls(text, "add_filter"))
}

// maxHookFiles is the largest number of files in which the functions of hooks are looked for.
const maxHookFiles = 500

// definesHooks reports whether one of the files defines the functions of WordPress's hooks.
func definesHooks(files fs.FS) bool {
	if files == nil {
		return false
	}
	found, seen := false, 0
	_ = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".php" {
			return nil
		}
		if seen++; seen > maxHookFiles {
			return fs.SkipAll
		}
		text, err := fs.ReadFile(files, name)
		if found = err == nil && strings.Contains(string(text), "function add_action"); found {
			return fs.SkipAll
		}
		return nil
	})
	return found
}

// calls reports whether a text calls a function, which is not a method and no part of
// another name.
func calls(text, name string) bool {
	for rest := text; ; {
		before, after, ok := strings.Cut(rest, name)
		if !ok {
			return false
		}
		inside := before != "" && (isNameStart(before[len(before)-1]) || isDigit(before[len(before)-1]) || strings.HasSuffix(before, "->") || strings.HasSuffix(before, "::") || strings.HasSuffix(before, "$"))
		if !inside && strings.HasPrefix(strings.TrimLeft(after, " \t\r\n"), "(") {
			return true
		}
		rest = after
	}
}

// runInWordPress lets WordPress run a program, as a plugin or as functions.php, and
// says so.
func (p *program) runInWordPress(m *server.Model, src *server.Source) {
	maps.Copy(p.builtins, frameworkFunctions())
	p.framework = &framework{source: wordpressFramework(), serve: "__serve"}
	m.Versions = append(m.Versions, server.VersionOf(src.Versions, "wordpress", wordpressVersion))
	m.Policy = append(m.Policy, headerFacts(p.main, m.Fragment)...)
	m.Assumptions[0] = server.Assumption{Text: "WordPress runs " + p.main.name + " as a plugin or as functions.php of its theme; the REST API is at /wp-json/, and no other plugin sends CORS headers"}
	m.Assumptions = append(m.Assumptions,
		server.Assumption{Text: "the answers are derived from the source of WordPress; no real server was recorded"},
		server.Assumption{Text: returnsAssumed},
		server.Assumption{Text: "what WordPress answers has a status that is not known; status 200 is assumed. To OPTIONS its REST API answers with status 200"})
}
