package main

import (
	"runtime/debug"
	"testing"

	"gotest.tools/v3/assert"
)

func TestBuiltVersion(t *testing.T) {
	built := func(version string, settings ...debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{Main: debug.Module{Version: version}, Settings: settings}
	}
	commit := debug.BuildSetting{Key: "vcs.revision", Value: "0123456789abcdef0123456789abcdef01234567"}
	modified := debug.BuildSetting{Key: "vcs.modified", Value: "true"}
	for name, row := range map[string]struct {
		build *debug.BuildInfo
		want  string
	}{
		"not-built-as-module": {nil, "(devel)"},
		"installed":           {built("v1.2.3"), "v1.2.3"},
		"checkout":            {built("(devel)"), "(devel)"},
		"no-version":          {built(""), "(devel)"},
		"commit":              {built("(devel)", commit), "(devel) 0123456789ab"},
		"modified-commit":     {built("", commit, modified), "(devel) 0123456789ab, modified"},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, builtVersion(row.build), row.want) })
	}
}
