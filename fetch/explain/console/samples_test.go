package console_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/explain/console"
)

// samples are a value for each field of messages.
var samples = map[string]string{
	"url": "https://a.example/x", "from": "https://b.example/y", "origin": "https://myapp.com", "page": "https://myapp.com/p",
	"word": "x-token", "method": "PUT", "kind": "image", "status": "405", "value": "some value", "line": " and so on", "verb": "load the font",
	"space": "loopback", "phrase": "Not Found", "policy": "connect-src 'self'", "rest": "",
}

// filled returns a message's text with a value in each field and all that may be
// left out in it; ok is false where another message is in it.
func filled(m *console.Message) (text string, ok bool) {
	text = m.Text
	for name, value := range samples {
		if name == "rest" && strings.Contains(text, "{rest}") {
			return "", false
		}
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	first := ""
	if strings.HasPrefix(text, "[") {
		first, text = "[", text[1:]
		if bracket, rest, ok := strings.Cut(text, "]"); ok {
			first, text = first+bracket+"]", rest
		}
	}
	return first + strings.NewReplacer("[", "", "]", "").Replace(text), true
}

// Every message that can be recognised is recognised, whole, in the midst of other
// text, and as what it is: nothing else in the tables takes its place.
func TestEveryMessageIsRecognized(t *testing.T) {
	for _, m := range console.Messages() {
		text, ok := filled(&m)
		if !ok || m.Unrecognized != "" {
			continue
		}
		found := console.Recognize("users.html:12 " + text + "\n    at f (users.html:12)")
		if !assert.Check(t, len(found) > 0, "%q is not recognised", text) {
			continue
		}
		best, _ := console.Best(found)
		assert.Check(t, best.Topic == m.Topic && best.Vague == m.Vague && best.Warning == m.Warning, "%q was taken for %q: %q %v", text, best.Text, best.Topic, best.Reasons)
		if len(m.Values) == 0 && len(m.Reasons) > 0 {
			assert.Check(t, len(best.Reasons) > 0 && best.Reasons[0] == m.Reasons[0], "%q was taken for %q: %v", text, best.Text, best.Reasons)
		}
	}
}
