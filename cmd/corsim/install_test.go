package main

import (
	"path/filepath"
	"regexp"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/assert/cmp"

	"github.com/goccy/go-yaml"
)

// The files that other programs read to run corsim are YAML, and the commands in them
// have the flags that they use.
func TestRunByOthers(t *testing.T) {
	command := regexp.MustCompile(`corsim"? (lint|check) ([^\n]*)`)
	flag := regexp.MustCompile(`--([a-z-]+)`)
	for file, commands := range map[string]int{"cmd/action/action.yml": 2, ".pre-commit-hooks.yaml": 0} {
		text := readPage(t, file)
		var parsed any
		assert.NilError(t, yaml.Unmarshal([]byte(text), &parsed), file)
		found := command.FindAllStringSubmatch(text, -1)
		assert.Check(t, cmp.Equal(len(found) >= commands, true), "%s has %d commands", filepath.Base(file), len(found))
		for _, m := range found {
			cmd, _, err := newRoot(&terminal{}).Find([]string{m[1]})
			assert.NilError(t, err)
			for _, name := range flag.FindAllStringSubmatch(m[2], -1) {
				assert.Check(t, cmd.Flags().Lookup(name[1]) != nil, "%s: corsim %s has no flag --%s", file, m[1], name[1])
			}
		}
	}
}
