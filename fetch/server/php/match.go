package php

import (
	"github.com/corsim/corsim/fetch"
)

func (x *matchExpr) eval(r *run) value {
	subject := x.subject.eval(r)
	var standard expr
	for _, arm := range x.arms {
		if len(arm.values) == 0 {
			standard = arm.result
		}
		for _, v := range arm.values {
			if r.holds(identical(subject, v.eval(r))) {
				return arm.result.eval(r)
			}
		}
	}
	if standard == nil {
		r.throw(x.pos, "UnhandledMatchError", "Unhandled match case")
	}
	return standard.eval(r)
}

func (x *instanceOf) eval(r *run) value {
	v := x.x.eval(r)
	if u := unknownIn(v); u != nil {
		return &unknown{err: u.err}
	}
	want := r.classNameOf(x.class)
	switch v := v.(type) {
	case *object:
		return r.isA(v.class, want)
	case *closure:
		return fetch.ByteLowercase(want) == "closure"
	}
	return false
}
