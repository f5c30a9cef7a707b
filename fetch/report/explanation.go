package report

import (
	"github.com/corsim/corsim/fetch/order"
)

// Explanation explains a reason, or a message on a browser's console.
type Explanation struct {
	Version int `json:"version"`
	// Reason is the stable name of the reason; it may be empty for a message.
	Reason string `json:"reason,omitempty"`
	// Topic is the stable name of what a message is about beside the reasons: a
	// matter other than CORS, or a line that is not the error; empty for most.
	Topic string `json:"topic,omitempty"`
	// Sentence says in one sentence what is wrong.
	Sentence string `json:"sentence"`
	// Step is the URL of the standard's algorithm that decides, and StepNumber the
	// number of the step in it.
	Step       string `json:"step,omitempty"`
	StepNumber string `json:"stepNumber,omitempty"`
	// Reached says how far the request got: not-sent, preflight-only, server,
	// redirect, unknown, cache, depends or service-worker.
	Reached string `json:"reached"`
	// LikelyCauses holds the possible causes, the likeliest first.
	LikelyCauses []LikelyCause `json:"likelyCauses,omitempty"`
	// Advice says what to do about the topic, the likeliest first.
	Advice []string `json:"advice,omitempty"`
	// Printed holds the messages that browsers print for the reason.
	Printed []Printed `json:"printed,omitempty"`
	// Recognized is the message, if the question was one.
	Recognized *Recognized `json:"recognized,omitzero"`
	// Recipe is a configuration of a server that allows what the message shows.
	Recipe string `json:"recipe,omitempty"`
}

// LikelyCause is one possible cause of a reason.
type LikelyCause struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// Printed is one message that a browser prints. In its text, braces stand for
// values, and text in brackets is optional.
type Printed struct {
	Engine string `json:"engine"`
	// Code is the browser's own name of the message.
	Code string `json:"code,omitempty"`
	Text string `json:"text"`
}

// Recognized is a message on a console that was recognised.
type Recognized struct {
	Engine string `json:"engine"`
	Code   string `json:"code,omitempty"`
	// Preflight reports whether the message says that a preflight failed.
	Preflight bool `json:"preflight"`
	// Fields holds the values in the message: kind, method, url, origin and others.
	Fields map[string]string `json:"fields,omitempty"`
	// Years is when the browser printed it, for a former wording.
	Years string `json:"years,omitempty"`
	// OtherTopics holds the topics of other lines in the text.
	OtherTopics []string `json:"otherTopics,omitempty"`
	// OtherReasons holds the other reasons that the message may have.
	OtherReasons []string `json:"otherReasons,omitempty"`
}

// AppendJSON appends the explanation as one line of JSON, without the newline.
func (x *Explanation) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.open('{')
	e.number("version", x.Version)
	e.textIf("reason", x.Reason)
	e.textIf("topic", x.Topic)
	e.text("sentence", x.Sentence)
	e.textIf("step", x.Step)
	e.textIf("stepNumber", x.StepNumber)
	e.text("reached", x.Reached)
	if len(x.LikelyCauses) > 0 {
		array(e, "likelyCauses", x.LikelyCauses, func(c *LikelyCause) {
			e.open('{')
			e.text("code", c.Code)
			e.text("text", c.Text)
			e.close('}')
		})
	}
	e.textsIf("advice", x.Advice)
	if len(x.Printed) > 0 {
		array(e, "printed", x.Printed, func(p *Printed) {
			e.open('{')
			e.text("engine", p.Engine)
			e.textIf("code", p.Code)
			e.text("text", p.Text)
			e.close('}')
		})
	}
	e.recognized(x.Recognized)
	e.textIf("recipe", x.Recipe)
	e.close('}')
	return e.out
}

func (e *encoder) recognized(m *Recognized) {
	if m == nil {
		return
	}
	e.name("recognized")
	e.open('{')
	e.text("engine", m.Engine)
	e.textIf("code", m.Code)
	e.bool("preflight", m.Preflight)
	if len(m.Fields) > 0 {
		e.name("fields")
		e.open('{')
		for _, name := range order.Keys(m.Fields) {
			e.text(name, m.Fields[name])
		}
		e.close('}')
	}
	e.textIf("years", m.Years)
	e.textsIf("otherTopics", m.OtherTopics)
	e.textsIf("otherReasons", m.OtherReasons)
	e.close('}')
}
