package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// versionText returns the output of --version: the version of corsim, and the
// versions of the standards and the recorded browsers.
func versionText(build *debug.BuildInfo) string {
	var out strings.Builder
	fmt.Fprintf(&out, "corsim    %s\n", builtVersion(build))
	fmt.Fprintf(&out, "go        %s %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	fmt.Fprintf(&out, "standards Fetch, commit %s of %s\n", fetch.StandardCommit, longDate(fetch.StandardDate))
	fmt.Fprintf(&out, "          URL, as of %s\n", origin.StandardDate)
	for i, b := range conformance.RecordedBrowsers() {
		label := "browsers"
		if i > 0 {
			label = ""
		}
		fmt.Fprintf(&out, "%-9s %s %s\n", label, b.Name, strings.Join(b.Versions, " and "))
	}
	return out.String()
}

// builtVersion returns the module's version. If there is none, it returns (devel)
// and the commit, if the build knows it.
func builtVersion(build *debug.BuildInfo) string {
	if build == nil {
		return "(devel)"
	}
	if version := build.Main.Version; version != "" && version != "(devel)" {
		return version
	}
	settings := make(map[string]string)
	for _, s := range build.Settings {
		settings[s.Key] = s.Value
	}
	out := "(devel)"
	if commit := settings["vcs.revision"]; commit != "" {
		out += " " + commit[:min(len(commit), 12)]
	}
	if settings["vcs.modified"] == "true" {
		out += ", modified"
	}
	return out
}

// longDate returns 2026-07-02 as 2 July 2026.
func longDate(date string) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return day.Format("2 January 2006")
}
