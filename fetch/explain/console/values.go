package console

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// ValueRule is a reason that follows from a value in a message.
type ValueRule struct {
	// Field is the name of the value. Holds reports whether the value has the
	// reason; it is not asked where the message has no such value.
	Field string
	Holds func(value string) bool
	// Reasons is what is then behind the message, the likeliest first.
	Reasons []fetch.Reason
	// Surely reports whether nothing else can be behind it.
	Surely bool
	// Topic is what the message is then about; empty for that of the message.
	Topic Topic
}

// setMeaning sets the reasons and the topic of a message, by its values where these
// say more.
func (l *Line) setMeaning(m *Message) {
	l.Reasons, l.Topic = m.Reasons, m.Topic

	for i := range m.Values {
		rule := &m.Values[i]
		value, ok := l.Field(rule.Field)
		if !ok || !rule.Holds(value) {
			continue
		}
		if rule.Topic != "" {
			l.Topic = rule.Topic
		}
		if rule.Surely {
			l.Reasons = rule.Reasons
			return
		}
		others := slices.DeleteFunc(slices.Clone(m.Reasons), func(r fetch.Reason) bool { return slices.Contains(rule.Reasons, r) })
		l.Reasons = slices.Concat(rule.Reasons, others)
		return
	}
}

// isOtherScheme reports whether a URL is neither http nor WebSocket's ws.
func isOtherScheme(value string) bool {
	return !strings.HasPrefix(value, "http:") && !strings.HasPrefix(value, "ws:")
}

// hasEscapedSpace reports whether a value has an escaped space, which Chromium allows
// in a host and other browsers do not.
func hasEscapedSpace(value string) bool { return strings.Contains(value, "%20") }

// isEmbedderBlock reports whether Chromium blames the page's Cross-Origin-Embedder-Policy.
func isEmbedderBlock(value string) bool { return strings.HasSuffix(value, "ByCoep") }

func isFileURL(value string) bool { return strings.HasPrefix(value, "file:") }

func isSocketURL(value string) bool {
	return strings.HasPrefix(value, "ws:") || strings.HasPrefix(value, "wss:")
}

func isThere(string) bool { return true }

func isEmpty(value string) bool { return value == "" }

func isNotEmpty(value string) bool { return value != "" }

func isRedirectStatus(value string) bool { return len(value) == 3 && value[0] == '3' }

// isSeveral reports whether a header's value is a list.
func isSeveral(value string) bool { return strings.ContainsAny(value, ", ") }

// fileRules are what a file's URL says of a script that was refused.
var fileRules = []ValueRule{{Field: "url", Holds: isFileURL, Reasons: []fetch.Reason{fetch.ReasonSchemeNotHTTP}}}

// The rules of messages that print Access-Control-Allow-Credentials, and of those
// that print the status of the answer to a preflight.
var (
	credentialsRules = []ValueRule{{Field: "value", Holds: isNotEmpty, Reasons: []fetch.Reason{fetch.ReasonAllowCredentialsNotTrue}, Surely: true}}
	preflightRules   = []ValueRule{{Field: "status", Holds: isRedirectStatus, Reasons: []fetch.Reason{fetch.ReasonPreflightRedirect}}}
)
