package console

import (
	"slices"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// ForReason returns what the engines print for a reason: for each engine the
// messages that name the fewest other reasons. Those for any failure count alike, with one reason
// more or less.
func ForReason(reason fetch.Reason) []Message {
	var out []Message
	for _, e := range [...]browser.Engine{browser.EngineChromium, browser.EngineFirefox, browser.EngineWebKit} {
		fewest := 0
		var best []Message
		for _, m := range messages() {
			if m.Engine != e || m.Warning || m.Years != "" || m.Code == "" || !slices.Contains(m.Reasons, reason) {
				continue
			}
			if n := min(len(m.Reasons), len(anyFailure)); best == nil || n < fewest {
				best, fewest = nil, n
			} else if n > fewest {
				continue
			}
			best = append(best, m)
		}
		out = append(out, best...)
	}
	return out
}

// ByCode returns the messages that go by a code: one of Chromium's CorsError names
// or network errors, one of Firefox's message keys, or the address of MDN's page
// about one, in full or its last part. Case does not matter, and neither do Chromium's leading
// k and Preflight, nor the digits at the end of Firefox's keys.
func ByCode(code string) []Message {
	wanted := plainCode(code)
	if wanted == "" {
		return nil
	}
	var out []Message
	messages, plain := messages(), plainCodes()
	for i := range messages {
		if m := &messages[i]; m.Code != "" && (plain[i] == wanted || fetch.EqualFold(m.Code, code)) {
			out = append(out, *m)
		}
	}
	return out
}

// plainCodes holds the plain code of each of the messages.
var plainCodes = sync.OnceValue(func() []string {
	messages := messages()
	out := make([]string, len(messages))
	for i := range messages {
		out[i] = plainCode(messages[i].Code)
	}
	return out
})

// plainCode is a code without what comes and goes with versions.
func plainCode(code string) string {
	plain := fetch.ByteLowercase(strings.TrimSpace(code))
	plain = plain[strings.LastIndexByte(plain, '/')+1:]
	plain = strings.TrimPrefix(strings.ReplaceAll(plain, " ", ""), "net::")
	plain = strings.TrimRight(plain, "0123456789")
	plain = strings.TrimPrefix(plain, "network.mojom.")
	name, isConstant := strings.CutPrefix(plain, "k")
	for i := range chromiumMessages {
		m := &chromiumMessages[i]
		if m.PreflightCode == "" {
			continue
		}
		if fetch.EqualFold(plain, m.PreflightCode) || isConstant && (fetch.EqualFold(name, m.Code) || fetch.EqualFold(name, m.PreflightCode)) {
			return fetch.ByteLowercase(m.Code)
		}
	}
	if isConstant && isChromiumCode(name) {
		return name
	}
	return plain
}

func isChromiumCode(plain string) bool {
	return slices.ContainsFunc(chromiumMessages, func(m Message) bool { return fetch.EqualFold(m.Code, plain) })
}
