package answer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/explain/console"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server/recipe"
	"github.com/corsim/corsim/fetch/textfmt"
)

// Explanation is what can be said about a reason, a code or a message.
type Explanation struct {
	report.Explanation
	// Lines is the explanation for people, with what a message shows; nil where
	// the sentence is all.
	Lines []string
	// Message is the message that was recognised; nil for a reason or a code.
	Message *console.Line
	// HeadersHelp reports whether the server's CORS headers may be the matter.
	HeadersHelp bool
	// Beside is what other lines of the text are about, a sentence for each.
	Beside []string
	// Server is the name of the server that the recipe is for.
	Server string
}

// ExplainAll explains all reasons.
func ExplainAll() []Explanation {
	var out []Explanation
	for _, r := range fetch.Reasons() {
		out = append(out, ofReason(explain.ExplainReason(r)))
	}
	return out
}

// Explain finds out what a text is, one of the reasons, a code of a browser or a
// message on its console, and explains it. A code may stand for several reasons.
// A message is answered with a configuration of a system, too, unless that is nil.
func Explain(text string, system *recipe.System) ([]Explanation, error) {
	text = strings.TrimSpace(text)
	if r, err := fetch.ParseReason(text); err == nil {
		return []Explanation{ofReason(explain.ExplainReason(r))}, nil
	}
	// A network error tells more as the message that it is than as a code.
	if named := console.ByCode(text); len(named) > 0 && !strings.HasPrefix(text, "net::") {
		return ofCode(named), nil
	}
	if m, others, ok := console.Read(text); ok {
		out := ofMessage(m, system)
		out.addOthers(others)
		return []Explanation{out}, nil
	}
	return nil, textfmt.Errorf("%s is not a reason, not a code and not a message of a browser", shortQuote(text))
}

func ofReason(e explain.Explanation) Explanation {
	out := Explanation{Lines: e.Lines(), Explanation: report.Explanation{
		Version: report.Version, Reason: string(e.Reason), Sentence: e.Sentence,
		Step: e.Step.URL(), StepNumber: e.Step.Number, Reached: e.Reached.String(),
	}}
	for _, c := range e.Causes {
		out.LikelyCauses = append(out.LikelyCauses, report.LikelyCause{Code: string(c.Code), Text: c.Text})
	}
	for _, f := range console.ForReason(e.Reason) {
		out.Printed = append(out.Printed, report.Printed{Engine: f.Engine.String(), Code: f.Code, Text: f.Text})
	}
	return out
}

// ofCode explains all reasons that go by a code, the likeliest first.
func ofCode(named []console.Message) []Explanation {
	var out []Explanation
	var seen []fetch.Reason
	for _, f := range named {
		for _, r := range f.Reasons {
			if !slices.Contains(seen, r) {
				seen = append(seen, r)
				out = append(out, ofReason(explain.ExplainReason(r)))
			}
		}
	}
	if topic, ok := explain.ExplainTopic(&console.Line{Topic: named[0].Topic}); ok && len(out) == 0 {
		x := withoutReason("")
		x.addTopic(&topic)
		return append(out, x)
	}
	if len(out) == 0 {
		f := named[0]
		out = append(out, withoutReason(textfmt.Sprintf("%s prints: %s", EngineTitle(f.Engine.String()), f.Text)))
	}
	return out
}

// withoutReason returns an explanation that is one sentence.
func withoutReason(sentence string) Explanation {
	return Explanation{Explanation: report.Explanation{Version: report.Version, Sentence: sentence, Reached: explain.ReachedNot.String()}}
}

func ofMessage(m console.Line, system *recipe.System) Explanation {
	out := withoutReason("Nothing was blocked: this message is only a warning.")
	shown := &report.Recognized{Engine: m.Engine.String(), Code: m.Code, Preflight: m.Preflight, Fields: make(map[string]string)}
	for _, f := range m.Fields {
		shown.Fields[f.Name] = f.Value
	}
	for _, message := range m.Messages() {
		shown.Years = message.Years
	}
	others := m.Reasons
	if m.Vague && m.Topic == "" {
		m.Topic = console.TopicAnyFailure
	}
	if e, ok := explain.ExplainLine(&m); ok && !m.Vague {
		out = ofReason(e)
		out.Lines = briefly(e)
		others = m.Reasons[1:]
	}
	if topic, ok := explain.ExplainTopic(&m); ok {
		out.addTopic(&topic)
	}
	if m.Topic == console.TopicSecondLine {
		out.Reason, others = string(m.Reasons[0]), m.Reasons[1:]
	}
	for _, r := range others {
		shown.OtherReasons = append(shown.OtherReasons, string(r))
	}
	out.Recognized, out.Message = shown, &m
	if system != nil {
		if need := explain.LineNeed(&m); !need.IsZero() {
			out.Recipe = recipe.Write(*system, need)
		} else if from, _ := m.Field("origin"); from == browser.NullPage {
			out.Recipe = "nothing: the page's origin is null, which every site can take; a server that allows it is open to every site. " +
				"Load the page over http or https, or sandbox its frame with allow-same-origin\n"
		}
		out.Server = system.Name()
	}
	return out
}

// addTopic adds what a message is about beside its reason. Without a reason that
// is all there is to say.
func (x *Explanation) addTopic(t *explain.TopicText) {
	x.Topic, x.Advice, x.HeadersHelp = string(t.Topic), t.Advice, t.CORS
	if fetch.Reason(x.Reason).IsLocalNetwork() {
		x.Lines = nil // the topic says the same, with the values of the message
	}
	x.Lines = append(t.Lines(), x.Lines...)
	if x.Reason == "" {
		x.Sentence, x.Reached = t.Sentence, t.Reached.String()
	}
}

// addOthers adds what other lines of a text are about, as far as they say something.
func (x *Explanation) addOthers(lines []console.Line) {
	const most = 3
	for i := range lines {
		l := &lines[i]
		topic, ok := explain.ExplainTopic(l)
		if !ok || l.Vague || l.Topic.SaysLittle() || string(l.Topic) == x.Topic || slices.Contains(x.Recognized.OtherTopics, string(l.Topic)) || len(x.Beside) == most {
			continue
		}
		x.Recognized.OtherTopics = append(x.Recognized.OtherTopics, string(l.Topic))
		x.Beside = append(x.Beside, string(l.Topic)+": "+topic.Sentence)
	}
}

// briefly returns an explanation's lines with no more causes than people read.
func briefly(e explain.Explanation) []string {
	const most = 6
	more := len(e.Causes) - most
	if more <= 1 {
		return e.Lines()
	}
	e.Causes = e.Causes[:most]
	return append(e.Lines(), textfmt.Sprintf("or one of %d less likely causes, which corsim explain %s lists", more, e.Reason))
}

// EngineTitle returns the name of the browser that people know, such as
// "Safari", for an engine's word.
func EngineTitle(word string) string {
	return map[string]string{"chromium": "Chromium", "firefox": "Firefox", "webkit": "Safari"}[word]
}

// shortQuote quotes a value and cuts a long one.
func shortQuote(s string) string {
	const most = 100
	if len(s) > most {
		return strconv.Quote(s[:most]) + "…"
	}
	return strconv.Quote(s)
}
