package console

import (
	"slices"
	"strings"

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
	var out []Message
	for _, m := range messages() {
		if m.Code != "" && wanted != "" && (plainCode(m.Code) == wanted || fetch.EqualFold(m.Code, code)) {
			out = append(out, m)
		}
	}
	return out
}

// plainCode is a code without what comes and goes with versions.
func plainCode(code string) string {
	plain := fetch.ByteLowercase(strings.TrimSpace(code))
	plain = plain[strings.LastIndexByte(plain, '/')+1:]
	plain = strings.TrimPrefix(strings.ReplaceAll(plain, " ", ""), "net::")
	plain = strings.TrimRight(plain, "0123456789")
	plain = strings.TrimPrefix(plain, "network.mojom.")
	for i := range chromiumMessages {
		code, twin := fetch.ByteLowercase(chromiumMessages[i].Code), fetch.ByteLowercase(chromiumMessages[i].PreflightCode)
		if twin != "" && (plain == "k"+code || plain == twin || plain == "k"+twin) {
			return code
		}
	}
	if rest, ok := strings.CutPrefix(plain, "k"); ok && isChromiumCode(rest) {
		return rest
	}
	return plain
}

func isChromiumCode(plain string) bool {
	return slices.ContainsFunc(chromiumMessages, func(m Message) bool { return fetch.EqualFold(m.Code, plain) })
}
