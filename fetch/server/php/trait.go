package php

import (
	"maps"
	"slices"

	"github.com/corsim/corsim/fetch"
)

// useTraits returns a class with the members of its traits. The members of the class
// itself come first.
func (r *run) useTraits(c *class) *class {
	out := *c
	out.methods, out.statics, out.props = make(map[string]*function), make(map[string]expr), nil
	for _, name := range c.traits {
		t := r.class(c.pos, name)
		if t == nil {
			out.unseen = true
			continue
		}
		for method, f := range t.methods {
			if !excluded(c.rules, t.name, method) {
				out.methods[method] = f
			}
		}
		for _, rule := range c.rules {
			f := t.methods[fetch.ByteLowercase(rule.method)]
			if rule.alias != "" && f != nil && (rule.trait == "" || fetch.ByteLowercase(rule.trait) == fetch.ByteLowercase(t.name)) {
				out.methods[fetch.ByteLowercase(rule.alias)] = f
			}
		}
		maps.Copy(out.statics, t.statics)
		out.props = append(out.props, t.props...)
		out.unseen = out.unseen || t.unseen
	}
	maps.Copy(out.methods, c.methods)
	maps.Copy(out.statics, c.statics)
	out.props = append(out.props, c.props...)
	return &out
}

// excluded reports whether the rules of a class leave out a method of a trait.
func excluded(rules []traitRule, trait, method string) bool {
	for _, rule := range rules {
		same := func(name string) bool { return fetch.ByteLowercase(name) == fetch.ByteLowercase(trait) }
		if fetch.ByteLowercase(rule.method) == method && slices.ContainsFunc(rule.without, same) {
			return true
		}
	}
	return false
}
