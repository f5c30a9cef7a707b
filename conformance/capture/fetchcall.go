package capture

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// fetch reads a call of fetch(): a URL or a Request, and optionally an object.
func (r *callReader) fetch(c jsCall) error {
	if len(c.arguments) == 0 || len(c.arguments) > 2 {
		return r.errorAt(c.offset, "fetch() takes one or two arguments, not %d", len(c.arguments))
	}
	if err := r.url(c.arguments[0]); err != nil {
		return err
	}
	options := []jsNode{c.argument(1)}
	if made, ok := c.arguments[0].value.(*jsMade); ok && made.name == "new Request" && len(made.arguments) > 1 {
		options = []jsNode{made.arguments[1], options[0]}
	}
	for _, node := range options {
		switch node.value.(type) {
		case nil, *jsObject, *jsBlank:
		default:
			return r.errorAt(node.offset, "the second argument must be an object")
		}
		if err := r.each(node, r.fetchMembers(), r.unknownMember); err != nil {
			return err
		}
	}
	r.settleMethod()
	return nil
}

// fetchMembers are the readers of the members of the second argument.
func (r *callReader) fetchMembers() map[string]func(jsNode) error {
	return map[string]func(jsNode) error{
		"method":         quiet(r.method),
		"headers":        r.headers,
		"body":           quiet(r.stringBody),
		"mode":           r.word("mode", func(text string) error { r.call.Init.Mode = browser.InitMode(text); return nil }),
		"credentials":    r.word("credentials", r.credentials),
		"redirect":       r.word("redirect", r.redirect),
		"cache":          r.word("cache", r.cache),
		"referrer":       r.word("referrer", func(text string) error { r.referrer = text; return nil }),
		"referrerPolicy": r.word("referrerPolicy", r.referrerPolicy),
		"keepalive":      quiet(func(n jsNode) { r.call.Init.Keepalive, _ = n.value.(bool) }),
		"duplex":         r.word("duplex", func(text string) error { r.call.Init.Duplex = text; return nil }),
	}
}

// withoutEffect are the members that do not affect CORS. fetch() knows the first ones, and
// frameworks and other clients the others.
var withoutEffect = []string{"integrity", "priority", "signal", "window", "attributionReporting", "next", "cf", "dispatcher", "agent"}

// unknownMember says that fetch() ignores a member.
func (r *callReader) unknownMember(m jsMember) {
	switch {
	case m.key == "":
		r.each(m.value, nil, silently) // a spread
	case slices.Contains(withoutEffect, m.key):
		r.call.note("%s does not affect CORS and is left out", m.key)
	case m.key == "withCredentials":
		r.call.note(`fetch() has no option withCredentials: it is ignored, and no cookies go to another origin; credentials: "include" sends them`)
	case m.key == "data" || m.key == "json":
		r.call.note("fetch() has no option %s: it is ignored, and the request has no body; body: JSON.stringify(…) sends one", m.key)
	default:
		r.call.note("fetch() has no option %s: it is ignored", m.key)
	}
}

// word reads a member whose value is a word.
func (r *callReader) word(member string, read func(string) error) func(jsNode) error {
	return func(n jsNode) error {
		switch value := n.value.(type) {
		case nil:
			return nil
		case string:
			if err := read(value); err != nil {
				return r.errorAt(n.offset, "%s has no value %q", member, value)
			}
			return nil
		case *jsBlank:
			r.call.note("%s (%s) is not known; the default is assumed; give it with --set %s=…", member, value.source, value.source)
			return nil
		}
		return r.errorAt(n.offset, "%s must be a string", member)
	}
}

func (r *callReader) addHeader(name, value string) {
	r.wire = append(r.wire, fetch.Header{Name: name, Value: scenario.BytesOfText(strings.TrimSpace(value))})
}

func (r *callReader) credentials(word string) error {
	mode, err := fetch.ParseCredentialsMode(word)
	if err == nil {
		r.call.Init.Credentials, r.call.KnowsCredentials = mode, true
	}
	return err
}

func (r *callReader) redirect(word string) (err error) {
	r.call.Init.Redirect, err = fetch.ParseRedirectMode(word)
	return err
}

func (r *callReader) cache(word string) (err error) {
	r.call.Init.Cache, err = fetch.ParseCacheMode(word)
	return err
}

func (r *callReader) referrerPolicy(word string) (err error) {
	r.call.Init.ReferrerPolicy, err = fetch.ParseReferrerPolicy(word)
	return err
}
