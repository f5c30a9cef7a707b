package pagescript

import (
	"errors"
	"time"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/conformance/scenario"
)

// start makes the JavaScript engine of the document, with its window.
func (d *document) start() {
	d.vm = goja.New()
	d.vm.SetMaxCallStackSize(maxStack)
	d.vm.SetPromiseRejectionTracker(func(p *goja.Promise, op goja.PromiseRejectionOperation) {
		if delete(d.rejected, p); op == goja.PromiseRejectionReject {
			d.rejected[p] = true
		}
	})
	v, err := d.vm.RunProgram(windowProgram())
	if err == nil {
		make, _ := goja.AssertFunction(v)
		v, err = make(goja.Undefined(), d.host())
	}
	if err != nil {
		panic(err) // window.js is part of the package
	}
	d.fire, _ = goja.AssertFunction(v)
	d.watchNames()
}

// host returns the object with which window.js reaches the document.
func (d *document) host() *goja.Object {
	page := d.Page()
	u := page.URL()
	out := d.vm.NewObject()
	for name, value := range map[string]any{
		"origin": page.Origin().String(), "url": u.String(), "referrer": d.Referrer(),
		"isSecureContext": d.IsSecureContext(), "crossOriginIsolated": d.IsCrossOriginIsolated(),
		"location": map[string]any{"href": u.String(), "origin": u.Origin().String(), "protocol": u.Scheme() + ":", "pathname": u.Path()},
		"play":     d.playText, "post": d.Post,
		"note": func(what string) *goja.Object {
			d.Note("its script uses " + what)
			return d.vm.NewGoError(errors.New(what + " is not simulated"))
		},
		"later": func(f goja.Callable, ms float64) int64 {
			return d.later(func() { d.limited(func() error { _, err := f(goja.Undefined()); return err }) }, time.Duration(ms*float64(time.Millisecond)))
		},
		"cancel": d.cancel,
	} {
		_ = out.Set(name, value)
	}
	return out
}

// playText makes the call of a step that is JSON, and returns what script learns of it.
func (d *document) playText(text string) map[string]any {
	step, err := scenario.DecodeStep(text)
	if err != nil {
		d.Note("its script makes a call that is not simulated: " + err.Error())
		return map[string]any{"pending": true}
	}
	got, ok := d.play(step)
	if !ok {
		return map[string]any{"pending": true}
	}
	seen := got.Observation()
	out := map[string]any{"outcome": string(seen.Outcome), "error": seen.Error.Value}
	out["pending"] = seen.Error.Value == scenario.ErrorTimeout
	if r := seen.Response; r != nil {
		headers := make([][]string, len(r.Header))
		for i, h := range r.Header {
			headers[i] = []string{h.Name, h.Value}
		}
		out["response"] = map[string]any{
			"type": r.Type, "status": r.Status, "url": r.URL, "redirected": r.Redirected, "headers": headers, "body": r.Body, "bodyError": r.BodyError.Value,
		}
	}
	return out
}

// cancel removes a timer.
func (d *document) cancel(id int64) {
	for i := range d.timers {
		if d.timers[i].id == id {
			d.timers = append(d.timers[:i], d.timers[i+1:]...)
			return
		}
	}
}

// watchNames notes each name that script looks for in the window, and that the window
// of browsers may have.
func (d *document) watchNames() {
	global := d.vm.GlobalObject()
	known := d.vm.NewObject()
	note := func(name string) bool {
		if known.Get(name) != nil {
			return true
		}
		d.Note("its script uses " + name)
		return false
	}
	proxy := d.vm.NewProxy(known, &goja.ProxyTrapConfig{
		Has: func(_ *goja.Object, name string) bool { return note(name) },
		Get: func(_ *goja.Object, name string, _ goja.Value) goja.Value {
			note(name)
			return known.Get(name)
		},
	})
	_ = global.SetPrototype(d.vm.ToValue(proxy).ToObject(d.vm))
}
