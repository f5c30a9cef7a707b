package php

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// returnsAssumed is what is assumed about functions of a framework that are not run.
const returnsAssumed = "functions that no given file defines return, send no headers and throw no exception; a value of theirs that decides about CORS is not known"

// framework is what a program sees of the framework that runs it, in PHP.
type framework struct {
	source *source
	// serve is the function of source that answers a request; it gets start.
	serve string
	start value
}

// frameworkOf reads the text of a framework.
func frameworkOf(text string) *source {
	src, err := parse("", text, false)
	if err != nil {
		panic(err)
	}
	src.inner = true
	return src
}

// enter declares what the framework has.
func (r *run) enter() {
	if f := r.program.framework; f != nil {
		r.hoist(f.source.body)
		r.execAll(f.source.body)
	}
}

// serve lets the framework answer the request.
func (r *run) serve() {
	f := r.program.framework
	if f == nil {
		return
	}
	at := pos{src: r.program.main}
	r.callFunction(at, &call1{fn: r.funcs[f.serve]}, []value{f.start})
	r.result = nil
}

// outward returns the place in the program's own files from which a place in the
// framework was reached.
func (r *run) outward(at pos) pos {
	for f := r.frame; f != nil && at.src != nil && at.src.inner; f = f.caller {
		at = f.at
	}
	return at
}

// ofFramework is a call of a function that no file defines: it is taken for one of the
// framework, which ends without an exception and with a value that is not known.
func (r *run) ofFramework(at pos, what string, args []value) value {
	u := r.unknown(at, "the value of "+what+" (it is not run)", "")
	u.fails = meansError(what)
	r.outer = u.err
	r.lookInto(args, u)
	return u
}

// frameworkFunctions are the functions by which the text of a framework reaches the
// run.
func frameworkFunctions() map[string]builtin {
	return map[string]builtin{
		"__note":    raw(frameworkNote),
		"__removed": raw(func(c *args) value { c.r.note(c.pos, c.text(0), "the response loses "+c.text(0)); return nil }),
		"__send":    raw(frameworkSend),
		"__status":  raw(frameworkStatus),
		"__header":  raw(frameworkHeader),
		"__mentions": raw(func(c *args) value {
			f, ok := c.r.callable(c.pos, c.arg(0)).(*closure)
			return ok && f.fn != nil && mentionsCORS(f.fn)
		}),
		"__known":   raw(func(c *args) value { return unknownIn(c.arg(0)) == nil }),
		"__unknown": raw(func(c *args) value { return c.r.unknown(c.pos, c.text(0), "") }),
		"__lose":    raw(frameworkLose),
		"__outside": raw(frameworkOutside),
		"__make":    raw(frameworkMake),
		"__star":    plain(func(c *args) value { return star(c.text(0), c.text(1)) }),
		"__config":  plain(frameworkConfig),
	}
}

// frameworkNote records a header that the program gives to a response.
func frameworkNote(c *args) value {
	name := c.text(0)
	v := "a value that is not known"
	if unknownWithin(c.list) == nil {
		v = listText(c.arg(1))
	}
	c.r.note(c.pos, name, fmt.Sprintf("the response gets %s: %s", name, v))
	return nil
}

// frameworkSend sends a header line after those of the name that are there.
func frameworkSend(c *args) value {
	l := line{name: c.text(0)}
	if u := unknownWithin(c.list); u != nil {
		l.unknown, l.value = u, u.prefix
	} else {
		l.value = strings.Trim(c.text(1), " \t\n\r\v\f")
	}
	switch {
	case c.r.tooLate(c.pos):
	case strings.ContainsAny(l.value, "\r\n\x00"):
		c.r.note(c.pos, l.name, "header() does nothing: the value has a line break")
	default:
		c.r.lines = append(c.r.lines, l)
	}
	return nil
}

// frameworkHeader is header() where the framework itself calls it.
func frameworkHeader(c *args) value {
	r := c.r
	before := len(r.decided)
	phpHeader(c)
	for i := range r.decided[before:] {
		d := &r.decided[before+i]
		d.Position, d.Text = server.Position{File: r.program.main.name}, strings.Replace(d.Text, "header() sets", "WordPress itself sends", 1)
	}
	return nil
}

// frameworkStatus sets the status; what is behind the framework has one that is not
// known.
func frameworkStatus(c *args) value {
	if u := unknownIn(c.arg(0)); u != nil {
		c.r.statusUnknown = u.err
		return nil
	}
	c.r.statusUnknown = nil
	c.r.setStatus(int(toInt(c.arg(0))))
	return nil
}

// frameworkLose says that the CORS headers are not known.
func frameworkLose(c *args) value {
	if u := unknownIn(c.arg(0)); u != nil {
		c.r.lose(u.err)
	}
	return new(array)
}

// frameworkOutside is a call of what the text of the framework does not have.
func frameworkOutside(c *args) value {
	var values []value
	if a, ok := c.arg(1).(*array); ok {
		values = a.values()
	}
	return c.r.outside(c.pos, c.text(0), values)
}

// frameworkMake makes an object of a class of the program; what its constructor takes
// is not known.
func frameworkMake(c *args) value {
	class := c.r.class(c.pos, c.text(0))
	if class == nil {
		return c.r.unknown(c.pos, "the class "+c.text(0), "")
	}
	var list []argument
	if f, _ := class.method("__construct"); f != nil {
		for _, p := range f.params {
			if p.standard != nil || p.variadic {
				break
			}
			list = append(list, argument{value: &literal{f.pos, c.r.unknown(f.pos, "$"+p.name, "")}})
		}
	}
	return c.r.create(c.pos, class, list)
}

// frameworkConfig is a setting of another file of the application.
func frameworkConfig(c *args) value {
	name := "config." + c.text(0)
	if v, ok := c.r.program.set[name]; ok {
		return v
	}
	return c.r.unknown(c.pos, "config('"+c.text(0)+"')", "give it with --set "+name+"=…")
}

// headerFacts returns what a file says about CORS headers that it names in a string of
// their own, before their value: header('Vary', 'Origin'), 'Vary' => 'Origin',
// $headers['Vary'] = 'Origin'.
func headerFacts(src *source, code bool) []server.Fact {
	var out []server.Fact
	tokens := tokenize(src.text, code)
	for i := 0; i+3 < len(tokens); i++ {
		t, at := tokens[i], i+2
		subject, ok := subjects[fetch.ByteLowercase(t.text)]
		if !ok || t.kind != tokenString && t.kind != tokenTemplate {
			continue
		}
		switch next := tokens[i+1].text; {
		case next == "]" && tokens[i+2].text == "=":
			at++
		case next != "," && next != "=>":
			continue
		}
		v := strings.TrimSpace(rest(src.text, tokens, at))
		if n := tokens[at]; n.kind == tokenString && len(v) == len(n.text)+2 {
			v = n.text
		} else {
			v = "{" + v + "}"
		}
		out = append(out, server.Fact{Position: pos{src, t.at}.position(), Subject: subject, Value: v})
	}
	return out
}
