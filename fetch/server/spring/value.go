package spring

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// value is a value of a program: nil, bool, string, float64, *list, *lambda,
// *instance, *static, *environment, an object of the framework, or *unknown.
type value any

// unknown is a value that is not known. What is read from it and what its methods
// return is not known either.
type unknown struct{ err *server.UnknownError }

// list is an array, a list, a set or a stream.
type list struct{ items []value }

// lambda is a function as a value: one of the text, or a method by its name.
type lambda struct {
	file   *file
	fn     *syntax.Lambda
	env    *scope
	target value  // of target::name
	name   string // of target::name
}

// instance is an object of a class of the text.
type instance struct {
	class  *class
	fields map[string]value
	env    *scope // around an object without a class
}

// static is a class as the receiver of a static method.
type static struct{ name string }

// environment is the Environment with the properties of the application.
type environment struct{}

func lower(s string) string { return fetch.ByteLowercase(s) }

// newList returns a list of strings.
func newList(items ...string) *list {
	out := &list{}
	for _, s := range items {
		out.items = append(out.items, s)
	}
	return out
}

// stringsOf returns a value as strings; u is not nil when one of them is not known.
func stringsOf(v value) (out []string, u *unknown) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case *unknown:
		return nil, v
	case *list:
		for _, x := range v.items {
			s, u := stringsOf(x)
			if u != nil {
				return nil, u
			}
			out = append(out, s...)
		}
		return out, nil
	}
	return []string{text(v)}, nil
}

// text returns a known value as a string.
func text(v value) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// unknownIn returns the first value that is not known.
func unknownIn(values ...value) *unknown {
	for _, v := range values {
		switch v := v.(type) {
		case *unknown:
			return v
		case *list:
			if u := unknownIn(v.items...); u != nil {
				return u
			}
		}
	}
	return nil
}

// version is a version of a piece of software.
type version struct{ major, minor int }

func parseVersion(s string) version {
	parts := strings.SplitN(s, ".", 3)
	var v version
	// A version that is not a number counts as 0.
	v.major, _ = strconv.Atoi(parts[0])
	if len(parts) > 1 {
		v.minor, _ = strconv.Atoi(parts[1])
	}
	return v
}

func (v version) atLeast(major, minor int) bool {
	return v.major > major || v.major == major && v.minor >= minor
}
