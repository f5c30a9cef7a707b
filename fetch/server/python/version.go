package python

import (
	"strconv"
	"strings"
)

// version returns the version of a package, or its default.
func (in *interp) version(name, standard string) string {
	if v := in.src.Versions[name]; v != "" {
		return v
	}
	return standard
}

// olderThan reports whether a version is older than major.minor.
func olderThan(version string, major, minor int) bool {
	parts := strings.Split(version, ".")
	number := func(i int) int {
		if i >= len(parts) {
			return 0
		}
		n, err := strconv.Atoi(strings.TrimRight(parts[i], "abcrdev+"))
		if err != nil {
			return 0
		}
		return n
	}
	return number(0) < major || number(0) == major && number(1) < minor
}
