package explain

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/explain/console"
)

// TopicText says what a topic of messages is, and what to do.
type TopicText struct {
	Topic console.Topic
	// Sentence says in one sentence what it is, with the values of the message.
	Sentence string
	// CORS reports whether headers of CORS help.
	CORS bool
	// Reached is how far the request got.
	Reached Reached
	// Advice says what to do, the likeliest first.
	Advice []string
}

// Lines returns the text as lines.
func (t *TopicText) Lines() []string {
	out := []string{t.Sentence}
	if !t.CORS {
		out = append(out, "this is not CORS: no header of CORS helps")
	}
	for i, advice := range t.Advice {
		label := "or: "
		if i == 0 {
			label = "what to do: "
		}
		out = append(out, label+advice)
	}
	return out
}

// topicWords is what is known about a topic.
type topicWords struct {
	topic console.Topic
	// general is the sentence without values; with has the names of fields in
	// braces, and is used where a message has them all.
	general, with string
	cors          bool
	reached       Reached
	advice        []string
}

// ExplainTopic explains what a message is about where no reason is behind it; ok
// is false for messages with reasons only.
func ExplainTopic(l *console.Line) (t TopicText, ok bool) {
	w, ok := wordsOfTopic(l.Topic)
	if !ok {
		return TopicText{}, false
	}
	t = TopicText{Topic: l.Topic, Sentence: w.general, CORS: w.cors, Reached: w.reached, Advice: w.advice}
	if w.with != "" {
		if text, ok := fillFields(w.with, l); ok {
			t.Sentence = text
		}
	}
	for i, advice := range t.Advice {
		text, _ := fillFields(advice, l)
		if i == 0 {
			t.Advice = append([]string(nil), t.Advice...)
		}
		t.Advice[i] = text
	}
	return t, true
}

// fillFields replaces names in braces by a message's fields; ok is false where the
// message lacks one, and then the name is in capital letters. Other braces stay.
func fillFields(text string, l *console.Line) (filled string, ok bool) {
	ok = true
	var out strings.Builder
	for {
		before, rest, has := strings.Cut(text, "{")
		out.WriteString(before)
		if !has {
			return out.String(), ok
		}
		name, after, _ := strings.Cut(rest, "}")
		if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz") != "" {
			out.WriteString("{")
			text = rest
			continue
		}
		value, known := l.Field(name)
		if !known || value == "" {
			ok, value = false, strings.ToUpper(name)
		}
		out.WriteString(cutShort(value))
		text = after
	}
}

// cutShort shortens a long value.
func cutShort(value string) string {
	const most = 200
	if len(value) > most {
		return value[:most] + "…"
	}
	return value
}

func wordsOfTopic(t console.Topic) (w topicWords, ok bool) {
	for _, table := range [...][]topicWords{topicsOfPages, topicsOfConnections, topicsOfLines, topicsOfServers} {
		if i := slices.IndexFunc(table, func(w topicWords) bool { return w.topic == t }); i >= 0 {
			return table[i], true
		}
	}
	return w, false
}
