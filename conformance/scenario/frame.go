package scenario

import (
	"context"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// tagFrame is the tag of an element step that is a [FrameStep].
const tagFrame = "iframe"

// FrameStep adds an iframe element to the page.
type FrameStep struct {
	URL string
	// Sandbox, Allow and ReferrerPolicy are the values of attributes, valid or not.
	Sandbox, Allow Optional[string]
	ReferrerPolicy string
	// Message waits for the first message that the frame posts to the page, and not
	// for the event load.
	Message bool
}

// FormStep sends a form into a new frame.
type FormStep struct {
	URL string
	// Method and Enctype are the values of attributes, valid or not; "" is none.
	Method, Enctype string
	Fields          []browser.Param
}

// Key returns "element".
func (*FrameStep) Key() string { return "element" }

// Key returns "form".
func (*FormStep) Key() string { return "form" }

// frameMember takes the value of a key that an iframe has.
func (s *scanner) frameMember(key string, out *FrameStep) (err error) {
	switch key {
	case "sandbox":
		err = s.optionalString(&out.Sandbox)
	case "allow":
		err = s.optionalString(&out.Allow)
	case "message":
		out.Message, err = s.bool()
	}
	return err
}

func (s *scanner) formStep(out *FormStep) error {
	return s.object(&formKeys, func(key string) (err error) {
		switch key {
		case "url":
			out.URL, err = s.string()
		case "method":
			out.Method, err = s.string()
		case "enctype":
			out.Enctype, err = s.string()
		case "fields":
			err = s.fields(&out.Fields)
		}
		return err
	})
}

// fields takes an array of pairs of a name and a value.
func (s *scanner) fields(out *[]browser.Param) error {
	return s.array(func() error {
		name, value, err := s.pair()
		*out = append(*out, browser.Param{Name: name, Value: value})
		return err
	})
}

// play loads the frame into the page.
func (step *FrameStep) play(ctx context.Context, p *browser.Page) (*browser.Result, error) {
	init := browser.FrameInit{URL: step.URL, HasSandbox: step.Sandbox.OK, Sandbox: step.Sandbox.Value, Allow: step.Allow.Value}
	// An invalid value is the same as none.
	if policy, err := fetch.ParseReferrerPolicy(fetch.ByteLowercase(step.ReferrerPolicy)); err == nil {
		init.ReferrerPolicy = policy
	}
	return p.Frame(ctx, init)
}

// play sends the form.
func (step *FormStep) play(ctx context.Context, p *browser.Page) (*browser.Result, error) {
	return p.Submit(ctx, browser.FormInit{URL: step.URL, Method: step.Method, Enctype: step.Enctype, Fields: step.Fields})
}

// observeFrame sets what a recorder sees of a frame.
func observeFrame(out *StepObservation, step Step, r *browser.Result) {
	frame := r.Frame()
	if frame == nil {
		return
	}
	waits := false
	if step, ok := step.(*FrameStep); ok {
		waits = step.Message
		if len(frame.Messages) > 0 && waits {
			out.Message = Some(messageText(frame.Messages[0]))
		}
	}
	out.Outcome = outcomeOfFrame(r, waits)
	if out.Outcome == OutcomeLoad {
		out.Readable = Optional[bool]{Value: frame.Readable && !isBlank(r), OK: true}
	}
	if r.API == browser.APIForm && out.Outcome == OutcomeError {
		out.Error = Optional[string]{Value: "the frame did not load", OK: true}
	} else if frame.Event == browser.FrameSilent && out.Outcome == OutcomeError {
		out.Error = Some(ErrorTimeout)
	}
}

// messageText returns a message as a recorder shows it: a text as it is, and everything
// else as JSON.
func messageText(json string) string {
	s := scanner{text: json}
	if text, err := s.string(); err == nil {
		return text
	}
	return json
}

// outcomeOfFrame returns the outcome of a frame. A recorder that waits for a message
// gives up after some time, which counts as a load.
func outcomeOfFrame(r *browser.Result, waitsForMessage bool) Outcome {
	switch {
	case r.Outcome == browser.Threw:
		return OutcomeThrows
	case r.Frame().Event == browser.FrameLoads, r.Frame().Event == browser.FrameSilent && waitsForMessage:
		return OutcomeLoad
	}
	return OutcomeError
}

// isBlank reports whether a frame shows about:blank, which recorders do not tell from a
// frame that has not loaded yet.
func isBlank(r *browser.Result) bool {
	return r.Request != nil && r.Request.CurrentURL().Scheme() == "about" && r.Request.CurrentURL().Path() == "blank"
}
